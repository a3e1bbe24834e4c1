"""Numbers with their units, as written in Korean and English."""

import re
from collections.abc import Iterator, Mapping

_SPELLINGS: Mapping[str, str] = {
    "second": "초 seconds second secs sec s",
    "minute": "분 minutes minute mins min",
    "hour": "시간 hours hour hrs hr h",
    "day": "일 days day",
    "week": "주일 주 weeks week",
    "month": "개월 달 months month",
    "year": "년 years year",
    "night": "박 밤 nights night",
    "times": "번 회 차례 times",
    "percent": "퍼센트 프로 percent % ％",
    "degree": "도 degrees degree °c ℃ °",
    "mm": "밀리미터 mm",
    "cm": "센티미터 센티 cm centimetres centimeters",
    "m": "미터 m metres meters metre meter",
    "km": "킬로미터 km kilometres kilometers",
    "mg": "밀리그램 mg",
    "g": "그램 g grams gram",
    "kg": "킬로그램 kg kilograms kilogram",
    "tonne": "톤 tonnes tonne tons ton",
    "ml": "밀리리터 ml ㎖",
    "litre": "리터 litres litre liters liter l",
    "won": "원 won ₩",
    "euro": "유로 euros euro eur €",
    "dollar": "달러 dollars dollar usd $",
    "yen": "엔 yen ¥",
}
_UNITS = {spelt: unit for unit, all_of in _SPELLINGS.items() for spelt in all_of.split()}
_BEFORE = {"€": "euro", "$": "dollar", "₩": "won", "¥": "yen"}

_KO_UNIT = "|".join(sorted((u for u in _UNITS if u[0] >= "가"), key=len, reverse=True))
_EN_UNIT = "|".join(
    re.escape(u) for u in sorted((u for u in _UNITS if u[0] < "가"), key=len, reverse=True)
)
_UNIT = (
    # Of a Korean word only what its unit begins with may follow: 5분간, but not 5분의 1 or 3주년.
    rf"(?:\s?(?P<ko>{_KO_UNIT})(?!의\s*\d|[년기석])|\s?(?P<en>{_EN_UNIT})(?![A-Za-z]))?"
)

_GROUP = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?<![A-Za-z_\d.,])(?<![A-Za-z_][-~/])(?P<sign>[€$₩¥])?(?P<value>(?:{_GROUP})(?!\.?\d)"
    rf"(?:\s?(?:천|백))?(?:\s?[만억조](?:\s?(?:{_GROUP})(?:천|백)?\s?[만억]?(?!\d))*)?)(?P<scale>\s(?:hundred|thousand|million|billion)\b|k\b|bn\b)?"
    + _UNIT,
    re.IGNORECASE,
)
_PART = re.compile(rf"({_GROUP})\s?([천백])?\s?([만억조])?")
_SCALES = {"k": 1e3, "bn": 1e9, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_EAST = {"백": 1e2, "천": 1e3, "만": 1e4, "억": 1e8, "조": 1e12, "": 1.0}

_EN_WORDS: Mapping[str, int] = {
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8},
    **{"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20},
    **{"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90},
}
_KO_WORDS: Mapping[str, int] = {
    **{"한": 1, "두": 2, "세": 3, "석": 3, "네": 4, "넉": 4, "다섯": 5, "여섯": 6, "일곱": 7},
    **{"여덟": 8, "아홉": 9, "열": 10, "열한": 11, "열두": 12, "스무": 20, "서른": 30},
    **{"백": 100, "천": 1000, "만": 10000},
}
_DAYS: Mapping[str, int] = {
    **{"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7},
    **{"여드레": 8, "아흐레": 9, "열흘": 10, "보름": 15},
}
_WORDED = re.compile(
    rf"\b(?P<en>{'|'.join(_EN_WORDS)})[ -](?P<en_unit>{_EN_UNIT})\b"
    rf"|(?<![가-힣\d])(?P<ko>{'|'.join(sorted(_KO_WORDS, key=len, reverse=True))})\s?"
    rf"(?P<ko_unit>{_KO_UNIT})(?![년기석])"
    rf"|(?<![가-힣])(?P<days>{'|'.join(_DAYS)})(?![가-힣]*루)"
    r"|\b(?P<twice>twice)\b",
    re.IGNORECASE,
)

_SPELT = re.compile(
    rf"\b(?P<en>{'|'.join(_EN_WORDS)})\b"
    rf"|(?<![가-힣\d])(?P<ko>{'|'.join(sorted(_KO_WORDS, key=len, reverse=True))})(?=\s)",
    re.IGNORECASE,
)


def numbers(text: str) -> Iterator[tuple[float, str]]:
    """Every number of `text` with its unit in one spelling, "" where none follows."""
    for match in _NUMBER.finditer(text):
        unit = match["ko"] or match["en"] or ""
        scale = _SCALES.get((match["scale"] or "").strip().lower(), 1.0)
        yield (
            _value(match["value"]) * scale,
            _UNITS.get(unit.lower(), _BEFORE.get(match["sign"], "")),
        )
    for match in _WORDED.finditer(text):
        yield _worded(match)


def spelt(text: str) -> Iterator[float]:
    """Every number word of `text`, before a unit or not."""
    for match in _SPELT.finditer(text):
        yield float(_EN_WORDS[match["en"].lower()] if match["en"] else _KO_WORDS[match["ko"]])


def _value(text: str) -> float:
    """The sum of the parts of a number such as `2억 3천만`."""
    total = 0.0
    for value, small, large in _PART.findall(text):
        total += float(value.replace(",", "")) * _EAST[small] * _EAST[large]
    return total


def _worded(match: re.Match[str]) -> tuple[float, str]:
    if match["days"]:
        return float(_DAYS[match["days"]]), "day"
    if match["twice"]:
        return 2.0, "times"
    if match["en"]:
        return float(_EN_WORDS[match["en"].lower()]), _UNITS[match["en_unit"].lower()]
    return float(_KO_WORDS[match["ko"]]), _UNITS[match["ko_unit"]]
