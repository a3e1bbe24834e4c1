"""The language of a text, told by its script."""

import re

# Enough to tell, and bounded: a megabyte takes no longer than a page.
_SLICE = 8_000
_SLICES = 4
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\ua960-\ua97f가-힣\ud7b0-\ud7fb]+")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d]+")
_HAN = re.compile("[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]+")
_ANY_LATIN = re.compile("[A-Za-z]")
# Addresses, code and tags are in Latin script whatever the language.
_NOT_PROSE = re.compile(r"`[^`\n]*`|\]\([^()\s]*|https?://\S+|</?[A-Za-z][^<>\n]*>")
# A Hangul syllable or a Han character carries about what three Latin letters do, and technical
# notes in these languages are half English names; English ones hardly hold their script.
_EAST_ASIAN_WEIGHT = 6
# Japanese prose is more than a third kana; Chinese that quotes a Japanese name is not.
_KANA_SHARE = 0.1


def language_of(text: str) -> str:
    """The main language: "ko", "ja", "zh", "en" for Latin script, or "" if none of these."""
    if text.isascii():
        return "en" if _ANY_LATIN.search(text) else ""
    if len(text) <= _SLICE * _SLICES:
        return _judge(text)
    step = len(text) // _SLICES
    sample = "\n".join(text[at : at + _SLICE] for at in range(0, step * _SLICES, step))
    return _judge(sample) or _judge(text)


def _judge(text: str) -> str:
    return _by_script(_NOT_PROSE.sub(" ", text)) or _by_script(text)


def _by_script(text: str) -> str:
    hangul, kana, han, latin = (_letters(p, text) for p in (_HANGUL, _KANA, _HAN, _LATIN))
    east_asian = hangul + kana + han
    if not east_asian + latin:
        return ""
    if east_asian * _EAST_ASIAN_WEIGHT < latin:
        return "en"
    if hangul >= kana and hangul * 2 >= han:
        return "ko"
    return "ja" if kana >= _KANA_SHARE * (kana + han) else "zh"


def _letters(script: re.Pattern[str], text: str) -> int:
    return sum(map(len, script.findall(text)))
