"""A note that could not be saved. The text is in the editor, and kept as a draft."""

from PySide6.QtCore import QCoreApplication

from notesai.gui.explain.explanation import Explanation

translate = QCoreApplication.translate


def explain_saving(code: str) -> Explanation | None:
    """What a `save` code means."""
    kept = translate("Explain", "Your text stays here.")
    match code.removeprefix("save."):
        case "disk_full":
            what = translate("Explain", "Not saved: the disk is full.")
            more = translate("Explain", "Free some space and save again.")
            return Explanation(what, f"{kept} {more}")
        case "read_only":
            what = translate("Explain", "Not saved: the file is read-only.")
        case "no_permission":
            what = translate("Explain", "Not saved: the folder may not be written.")
        case "folder_gone":
            what = translate("Explain", "Not saved: the folder is not there.")
            more = translate("Explain", "Connect the drive or put the folder back.")
            return Explanation(what, f"{kept} {more}")
        case "gone":
            what = translate("Explain", "Not saved: the file was moved or deleted.")
            more = translate("Explain", "Save again to write it anew.")
            return Explanation(what, f"{kept} {more}")
        case "conflict":
            what = translate("Explain", "Not saved: another program has changed the file.")
        case "exists":
            what = translate("Explain", "Not saved: there is another file of this name.")
        case "outside":
            what = translate("Explain", "Not saved: it leads out of the folder of notes.")
        case "not_text":
            what = translate("Explain", "Not saved: some characters are no text.")
        case "document":
            what = translate("Explain", "Not saved: files of this kind are only read here.")
        case "failed":
            what = translate("Explain", "The note could not be saved.")
            more = translate("Explain", "Save again to try once more.")
            return Explanation(what, f"{kept} {more}")
        case _:
            return None
    return Explanation(what, kept)
