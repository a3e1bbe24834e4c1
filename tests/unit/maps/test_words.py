"""Which words notes give, and which of them name a cluster."""

from collections import Counter

import numpy as np

from notesai.maps.korean_nouns import Nouns, written
from notesai.maps.labels import Aboutness, Said, label, terms_of, vocabulary
from notesai.maps.process import beginning
from notesai.maps.words import english_words, korean_words, most_written, prose
from notesai.progress import Silent

MARKUP = """---
title: Secret
tags: [hidden]
---
# Garden *beds*

See [[Folder/Compost heap|the heap]], [the manual](https://example.org/manual.html#x) and
https://example.org/address. ![picture](img/photo.png) `inline_code` <div class="box">boxes</div>

```python
import keyword
```
{{< shortcode >}} {% raw %} Mail me@example.org &amp; notes/path/file.md. <!-- remark -->
"""


def english(text: str) -> list[str]:
    return [word.form for word in english_words(prose(text))]


def test_only_prose_is_read():
    assert english(MARKUP) == ["Garden", "beds", "heap", "manual", "picture", "boxes", "Mail"]


def test_english_words_are_whole_and_mean_something():
    assert english(
        "The camera's lenses aren't on GitHub, it's C++ or e-mail 42 0xdeadbeef a1b2c3"
    ) == [
        "camera",
        "lenses",
        "GitHub",
        "C++",
        "e-mail",
    ]
    assert english("getUserName snake_case obj.method call() 3D self-watering") == ["self-watering"]


def test_words_are_written_as_they_mostly_are():
    assert most_written(Counter({"Water": 3, "water": 2, "WATER": 1})) == "water"
    assert most_written(Counter({"GitHub": 9, "github": 1})) == "GitHub"
    assert most_written(Counter({"API": 2})) == "API"


def korean(text: str) -> list[str]:
    found = written(prose(text))
    return [word.form for word in korean_words(found, Nouns(found))]


def test_korean_nouns_come_without_particles_and_whole():
    found = korean(
        "텃밭에서 인공지능으로 토마토들을 키웠다. 데이터베이스의 자료구조와 DB서버를 본다."
    )
    assert found == ["텃밭", "인공지능", "토마토", "데이터베이스", "자료구조", "DB서버"]


def test_korean_words_that_say_nothing_are_left_out():
    assert korean("이것은 사용하는 방법이다. 효율적인 경우 때문에 2026년 3월") == []


def test_korean_and_english_are_words_of_one_note():
    found = vocabulary([Said("LanceDB 색인", "벡터를 `code` 색인에 넣는 LanceDB")], Silent())
    assert set(found.of_notes[0]) == {"lancedb", "색인", "벡터"}
    assert found.of_notes[0]["색인"] > found.of_notes[0]["벡터"]


def test_terms_tell_clusters_apart():
    notes = [Said("", f"garden soil village {word}") for word in ("alpha", "beta", "gamma")]
    notes += [Said("", f"camera lens village {word}") for word in ("delta", "omega", "kappa")]
    words = vocabulary(notes, Silent())
    first, second = terms_of(words, [[0, 1, 2], [3, 4, 5]])
    assert set(first[:2]) == {"garden", "soil"} and set(second[:2]) == {"camera", "lens"}
    assert "alpha" not in first
    assert label(first).split(" · ") == list(first[:3])


def test_words_near_to_a_cluster_come_first():
    words = vocabulary([Said("", "soil weekend"), Said("", "weekend soil")], Silent())
    vectors = {"soil": [1.0, 0.0], "weekend": [0.0, 1.0]}

    def embed(some):
        return np.array([vectors[word] for word in some], np.float32)

    for middle, best in (([1.0, -1.0], "soil"), ([-1.0, 1.0], "weekend")):
        about = Aboutness(embed, np.array([middle], np.float32))
        assert terms_of(words, [[0, 1]], about)[0][0] == best


def test_no_term_is_a_part_of_another():
    words = vocabulary([Said("", "water watering self-watering")] * 3, Silent())
    assert len(terms_of(words, [[0, 1, 2]])[0]) == 1


def test_clusters_without_words_have_no_terms():
    words = vocabulary([Said("", "1234 :-)"), Said("", "")], Silent())
    assert terms_of(words, [[0, 1]]) == [()]
    assert label(()) == ""


def test_a_text_is_cut_between_words():
    assert beginning("이벤트 핸들러를 붙인다", 6) == "이벤트"
    assert beginning("이벤트 핸들러를", 8) == "이벤트 핸들러를"
    assert beginning("이벤트핸들러를", 5) == "이벤트핸들"
    assert beginning("이벤트 핸들러", 3) == "이벤트"
