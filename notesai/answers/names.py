"""Names in a sentence: what has to stand in its source to the letter.

In Latin script a capital tells, or that a word is an identifier; in a Korean sentence every Latin
word is a name. In Hangul nothing tells but what stands beside (`한지민 과장`, `세브란스병원`), or a
family name and two syllables as what the sentence is about.
"""

import re
from collections.abc import Iterator

from notesai.answers.wording import Word, Wording, is_hangul, words

_TITLES = """
    씨 님 과장 부장 차장 대리 사원 팀장 실장 이사 대표 사장 회장 교수 박사 선생 의사 원장 기자
    작가 감독 장관 대통령 왕 연구팀 연구진 병원 약국 호텔 대학 대학교 학교 고등학교 은행 회사
    식당 카페
    """.split()  # noqa: SIM905
_BEHIND = """
    은 는 이 가 을 를 의 에게 에게서 께서 께 과 와 도 에 에서 입니다 이고 이며 이다 예요 이에요
    였습니다 이었습니다
    """.split()  # noqa: SIM905
_BEFORE_TITLE = re.compile(
    rf"(?<![가-힣])([가-힣]{{2,6}})\s(?:{'|'.join(_TITLES)})(?:{'|'.join(_BEHIND)})?(?![가-힣])"
)
_WITH_TITLE = re.compile(
    r"(?<![가-힣])([가-힣]{2,6}(?:병원|약국|호텔|대학교|은행|보증|전자|건설|역|시장|내과|의원))"
)
_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민"
    "진지엄채원천방공현함변염추도석선설길"
)
_PERSON = re.compile(
    rf"(?<![가-힣])([{_SURNAMES}][가-힣][가-힣](?<![에도로고지면해한할된될]))(?:은|는|이|가|의|에게)(?![가-힣])"
)
_POSSESSIVE = re.compile(r"['’]s?\Z")
_CAPITAL = re.compile(r"[A-Z]")
_INNER = re.compile(r"[a-z][A-Z]|[A-Z]{2}|[0-9]|[._][A-Za-z]")
# Days and months are figures.
_DATED = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|May|June|July"
    r"|August|September|October|November|December"
)
_SENTENCE_WORD = re.compile(r"^\W*(\w+)(?:\s+([A-Z]\w+))?")


def names(sentence: str) -> list[Word]:
    """The names in `sentence`, as words to be looked up."""
    if is_hangul(sentence):
        hangul = [Word(name, False) for name in dict.fromkeys(_hangul(sentence))]
        return [word for word in words(sentence) if word.latin and len(word.text) > 1] + hangul
    first = _SENTENCE_WORD.match(sentence)
    opening = first[1] if first and not first[2] else ""
    return [word for word in words(sentence) if word.latin and _is_name(word.text, opening)]


def stands_in(name: Word, text: str) -> bool:
    """Whether a name stands in `text`; an identifier to the letter, capitals aside."""
    if not name.latin:
        return Wording(text).holds(name) >= 1.0 or name.text in text
    plain = _POSSESSIVE.sub("", name.text).lower()
    if re.search(rf"(?<![a-z0-9]){re.escape(plain)}(?![a-z0-9])", text.lower()):
        return True
    return not _INNER.search(name.text) and Wording(text).holds(name) > 0.0


def _is_name(text: str, opening: str) -> bool:
    """A sentence begins with a capital whatever its first word is, unless a second one follows."""
    if text == opening and not _INNER.search(text):
        return False
    if _DATED.fullmatch(text):
        return False
    return _CAPITAL.match(text) is not None or _INNER.search(text) is not None


def _hangul(sentence: str) -> Iterator[str]:
    for pattern in (_BEFORE_TITLE, _WITH_TITLE, _PERSON):
        for match in pattern.finditer(sentence):
            yield match[1]
