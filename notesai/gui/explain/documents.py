"""A document (PDF, Word, a web page …) whose text cannot be read, and what can be done about it."""

from PySide6.QtCore import QCoreApplication

from notesai.gui.explain.explanation import Explanation

translate = QCoreApplication.translate


def explain_document(code: str) -> Explanation | None:
    """What a `document` code means."""
    kept = translate("Explain", "The file is unchanged.")
    match code.removeprefix("document."):
        case "damaged":
            what = translate("Explain", "This file is damaged.")
            more = translate("Explain", "Open it in the program it is from, and save it anew.")
        case "locked":
            what = translate("Explain", "This file is protected by a password.")
            more = translate("Explain", "Save a copy without a password to have it read.")
        case "empty":
            what = translate("Explain", "There is no text in this file.")
            more = translate("Explain", "It can be opened in the program it is from.")
        case "only_pictures":
            what = translate("Explain", "There is no text in this file, only pictures.")
            more = translate("Explain", "A program that recognises text (OCR) can add it.")
        case "not_its_name":
            what = translate("Explain", "This file is not what its name says.")
            more = translate("Explain", "Give it the name of what it is, or save it anew.")
        case "old_format":
            what = translate("Explain", "This file is in an old Office format.")
            more = translate("Explain", "Save it as .docx or .pptx to have it read.")
        case "not_here":
            what = translate("Explain", "Files of this kind cannot be read on this computer.")
            more = translate("Explain", "Save it as .hwpx to have it read.")
        case "too_long":
            what = translate("Explain", "Reading this file takes too long.")
            more = translate("Explain", "It can be opened in the program it is from.")
        case "too_large":
            what = translate("Explain", "This file unpacks to too much to be read.")
            more = translate("Explain", "It can be opened in the program it is from.")
        case _:
            return None
    return Explanation(what, f"{kept} {more}")
