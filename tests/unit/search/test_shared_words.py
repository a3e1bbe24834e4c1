import pytest

from notesai.search.shared_words import written_words


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("사용자를 보고 사용자는 떠난다", "사용자"),
        ("서버에서 돌린다", "서버"),
        ("고양이를 보고 고양이는 잔다 고양이", "고양이"),
        ("종이가 젖고 종이를 말린다", "종이"),
        ("데이터베이스의 색인", "데이터베이스"),
        ("Kubernetes clusters and kubernetes nodes; Kubernetes", "Kubernetes"),
        ("API를 부른다", "API"),
    ],
)
def test_words_as_people_write_them(text: str, word: str):
    assert word in written_words(text).counts


def test_particles_are_counted_with_their_word():
    counts = written_words("서버를 끄고 서버는 서버에 서버").counts
    assert counts["서버"] == 4


@pytest.mark.parametrize(
    "text", ["the and with", "합니다 있습니다 하는", "[[x]] https://a.example/b"]
)
def test_what_is_no_word_of_its_own(text: str):
    assert not written_words(text).counts


def test_two_syllables_keep_what_may_be_part_of_them():
    assert set(written_words("회의 도로 나이 민주주의").counts) == {
        "회의",
        "도로",
        "나이",
        "민주주의",
    }


def test_what_never_has_a_particle_may_be_no_noun():
    found = written_words("꽂아 두고 서버를 끈다. 만드는 법과 만드는 이유를 오늘 적는다")
    assert {"꽂아", "만드는", "오늘"} <= found.doubtful
    assert not {"서버", "이유"} & found.doubtful
