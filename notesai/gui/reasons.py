"""Why a note is not in the index, in the window's language.

The engine gives reasons as English sentences. Those that it is known to give are put in the
window's words; any other is shown as it came.
"""

import re
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def reason(text: str) -> str:
    """`text` in the window's language, if it is a reason known here."""
    for pattern, words in _KNOWN:
        if found := pattern.search(text):
            said = words()
            for number, part in enumerate(found.groups(), start=1):
                said = said.replace(f"%{number}", part)
            return said
    return text


def _too_large() -> str:
    return translate("Reasons", "%1 MiB: larger than the limit of %2 MiB")


def _offline() -> str:
    return translate("Reasons", "Only a placeholder is on this computer; the text is in the cloud")


def _outside() -> str:
    return translate("Reasons", "A link that leads out of the folder")


def _name() -> str:
    return translate("Reasons", "The name is not valid; rename the file")


def _same_name() -> str:
    return translate("Reasons", "Another file has the same name: %1")


def _elsewhere() -> str:
    return translate("Reasons", "A link to %1, which is read where it lies")


def _binary() -> str:
    return translate("Reasons", "A binary file, not text")


def _encoding() -> str:
    return translate("Reasons", "Its character encoding is not known; save it as UTF-8")


def _password() -> str:
    return translate("Reasons", "Protected by a password")


def _damaged() -> str:
    return translate("Reasons", "Damaged")


def _only_pictures() -> str:
    return translate("Reasons", "No text in it, only pictures")


def _no_text() -> str:
    return translate("Reasons", "No text in it")


def _misnamed() -> str:
    return translate("Reasons", "Not what its name says")


def _old_format() -> str:
    return translate("Reasons", "An old Office format; save it as .docx or .pptx")


def _not_here() -> str:
    return translate("Reasons", "Cannot be read on this computer; save it as .hwpx")


def _too_long() -> str:
    return translate("Reasons", "Reading it takes too long")


def _too_much() -> str:
    return translate("Reasons", "It unpacks to too much")


def _denied() -> str:
    return translate("Reasons", "It may not be read")


def _crashed() -> str:
    return translate("Reasons", "Search stopped twice over this note, so it is left out for now")


_KNOWN: tuple[tuple[re.Pattern[str], Callable[[], str]], ...] = (
    (re.compile(r"([\d.]+) MiB, larger than the limit of ([\d.]+) MiB"), _too_large),
    (re.compile(r"only a placeholder is on this computer"), _offline),
    (re.compile(r"a link that leads out of the vault"), _outside),
    (re.compile(r"the name is not valid UTF-8"), _name),
    (re.compile(r"another file has the same name, [^:]*: (.*)"), _same_name),
    (re.compile(r"a link to (.*), which is read where it lies"), _elsewhere),
    (re.compile(r"it is a binary file"), _binary),
    (re.compile(r"its character encoding is not known"), _encoding),
    (re.compile(r"protected by a password"), _password),
    (re.compile(r"left out: it is damaged"), _damaged),
    (re.compile(r"there is no text in it, only pictures"), _only_pictures),
    (re.compile(r"there is no text in it"), _no_text),
    (re.compile(r"it is not what its name says"), _misnamed),
    (re.compile(r"it is in an old Office format"), _old_format),
    (re.compile(r"files of its kind cannot be read on this machine"), _not_here),
    (re.compile(r"reading it takes too long"), _too_long),
    (re.compile(r"it unpacks to too much"), _too_much),
    (re.compile(r"^Permission denied"), _denied),
    (re.compile(r"^notesai stopped twice while it was reading this note"), _crashed),
)
