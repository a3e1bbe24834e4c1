from notesai.notes.stop_words import telling


def test_common_words_are_left_out_unless_there_are_no_others():
    assert telling("keeping compost from smelling") == "keeping compost smelling"
    assert telling("How to do it") == "How to do it"
    assert telling("토마토 and 물주기") == "토마토 물주기"
    assert telling("") == ""
