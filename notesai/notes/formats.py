"""From the bytes of a file to its text.

The decoded text is what all offsets count in: a byte order mark is dropped, nothing else is
changed, newlines included. No encoding used here can yield a lone surrogate.
"""

import codecs
import re

from charset_normalizer import from_bytes

from notesai.errors import NoteError

TEXT_SUFFIXES: frozenset[str] = frozenset({".md", ".markdown", ".txt", ".text", ".org", ".rst"})
"""Suffixes, in lower case, of the files that `notesai.notes` reads."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Tab, line feed, vertical tab, form feed, carriage return and escape occur in honest text.
_CONTROLS = bytes(byte for byte in range(0x20) if byte not in b"\t\n\x0b\x0c\r\x1b") + b"\x7f"
_CONTROLS_TEXT = re.compile("[" + re.escape(_CONTROLS.decode("ascii")) + "]")
# One stray control character in a long note is dirt; one in two hundred is a binary file.
_DIRT = 200
# Every space, newline and ASCII letter of UTF-16 holds one zero byte, always on the same side:
# most characters of Latin text, only the spaces of Korean, whose bytes are no UTF-8 though.
_UTF16_LATIN_ZEROS = 0.5
_UTF16_ZEROS = 0.04
_BROKEN_SHARE = 0.1
_KOREAN_SHARE = 0.85
_DETECTED_SAMPLE = 200_000
LEGACY = [
    "cp949",
    "cp932",
    "euc_jp",
    "gb18030",
    "big5",
    "cp1252",
    "cp1250",
    "cp1251",
    "koi8_r",
    "cp1253",
    "cp1254",
]
_HANGUL = re.compile("[가-힣]")
_LETTER = re.compile(r"[^\W\d_a-zA-Z]")


def decode(data: bytes) -> str:
    """The text in `data`: UTF-8, UTF-16, UTF-32 with a mark, CP949, or what a detector finds.

    UTF-8 with a few broken bytes is kept, with U+FFFD in their place. Raises `NoteError`
    (`note.undecodable`, skipped) for binary data and unknown encodings.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            text = _clean(data[len(mark) :], encoding)
            if text is not None:
                return text
    text = _bare_utf16(data)
    if text is not None:
        return text
    if len(data) - len(data.translate(None, _CONTROLS)) > len(data) // _DIRT:
        raise _undecodable("it is a binary file, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged_utf8(data.removeprefix(codecs.BOM_UTF8)) or _legacy(data)


def _clean(data: bytes, encoding: str) -> str | None:
    """The text, or None if `data` is no clean text in `encoding`."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _has_controls(text) else text


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _has_controls(text: str) -> bool:
    return len(_CONTROLS_TEXT.findall(text)) > len(text) // _DIRT


def _bare_utf16(data: bytes) -> str | None:
    """The text of UTF-16 without a byte order mark, if `data` obviously is that."""
    if len(data) % 2 or 0 not in data:
        return None
    even, odd = data[0::2].count(0), data[1::2].count(0)
    zeros, others = max(even, odd), min(even, odd)
    if zeros < _UTF16_ZEROS * len(data) / 2 or others > zeros // 20:
        return None
    if zeros < _UTF16_LATIN_ZEROS * len(data) / 2 and _is_utf8(data):
        return None
    return _clean(data, "utf-16-le" if odd > even else "utf-16-be")


def _damaged_utf8(data: bytes) -> str | None:
    """The text if most of what is not ASCII in `data` is sound UTF-8."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = len(text) - len(text.encode("ascii", "ignore")) - broken
    return text if broken <= sound * _BROKEN_SHARE else None


def _legacy(data: bytes) -> str:
    korean = _korean(data)
    if korean is not None:
        return korean
    # The detector is slow on long input, and a sample tells the encoding just as well.
    match = from_bytes(data[:_DETECTED_SAMPLE], cp_isolation=LEGACY).best()
    for encoding in (match.encoding if match else "cp949", "cp949"):
        text = _clean(data, encoding)
        if text is not None:
            return text
    raise _undecodable("its character encoding is not known")


def _korean(data: bytes) -> str | None:
    """The text if `data` is CP949 whose letters beyond ASCII are nearly all Hangul.

    Statistical detectors need more than the few syllables of a short note, and take them for
    Chinese. The bytes of other East Asian encodings decode as CP949 too, but to Hanja mixed in,
    or to syllables outside the 2,350 of KS X 1001, which Korean text hardly uses.
    """
    try:
        text = data.decode("cp949")
    except UnicodeDecodeError:
        return None
    letters = len(_LETTER.findall(text))
    hangul = _HANGUL.findall(text)
    common = sum(1 for syllable in hangul if len(syllable.encode("euc_kr", "ignore")) == 2)
    if not letters or common < _KOREAN_SHARE * letters or common < _KOREAN_SHARE * len(hangul):
        return None
    return text


def _undecodable(reason: str) -> NoteError:
    return NoteError(
        "note.undecodable",
        f"The file was left out: {reason}.",
        "The file is unchanged. Save it as UTF-8 text to have it indexed.",
        skipped=True,
    )
