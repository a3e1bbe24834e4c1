"""An index that cannot be opened, read or written."""

from PySide6.QtCore import QCoreApplication

from notesai.gui.explain.explanation import Explanation

translate = QCoreApplication.translate


def explain_index(code: str) -> Explanation | None:
    """What an `index` code means."""
    return _trouble(code) or _writer(code) or _place(code)


def _trouble(code: str) -> Explanation | None:
    match code:
        case "index.disk_full":
            return Explanation(
                translate("Explain", "The disk that holds the index is full."),
                translate("Explain", "Your notes are safe. Free some space and try again."),
            )
        case "index.corrupt":
            return Explanation(
                translate("Explain", "The index is damaged."),
                translate("Explain", "Your notes are safe. Rebuild the index in the status view."),
            )
        case "index.newer":
            return Explanation(
                translate("Explain", "This index was made by a newer notesai."),
                translate("Explain", "Your notes are safe. Update notesai, or rebuild the index."),
            )
        case "index.no_permission":
            return Explanation(
                translate("Explain", "The index may not be written."),
                translate("Explain", "Your notes are safe. Check the rights of its folder."),
            )
        case "index.missing":
            return Explanation(
                translate("Explain", "There is no index any more."),
                translate("Explain", "Your notes are safe. Rebuild the index in the status view."),
            )
        case "index.closed":
            return Explanation(
                translate("Explain", "The index is not open."),
                translate("Explain", "Your notes are safe. Try again in a moment."),
            )
        case _:
            return None


def _writer(code: str) -> Explanation | None:
    """Another process writes the index, and only one may."""
    match code:
        case "index.locked":
            hint = translate("Explain", "Nothing is lost. Close it to rebuild the index here.")
        case "index.read_only":
            hint = translate("Explain", "Make this change there, or close it first.")
        case _:
            return None
    return Explanation(translate("Explain", "Another notesai keeps this index up to date."), hint)


def _place(code: str) -> Explanation | None:
    """The index is to lie at a place that `NOTESAI_INDEX` names."""
    match code:
        case "index.unreachable":
            return Explanation(
                translate("Explain", "The index cannot be reached."),
                translate(
                    "Explain",
                    "Your notes are safe. Check the connection; it goes on where it stopped.",
                ),
            )
        case "index.no_bucket":
            return Explanation(
                translate("Explain", "The bucket of the index does not exist."),
                translate(
                    "Explain",
                    "Your notes are safe. Make the bucket, or check NOTESAI_INDEX and "
                    "AWS_ENDPOINT_URL.",
                ),
            )
        case "index.denied":
            return Explanation(
                translate("Explain", "The keys for the index are missing, wrong or too weak."),
                translate(
                    "Explain",
                    "Your notes are safe. Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
                ),
            )
        case _:
            return _misplaced(code)


def _misplaced(code: str) -> Explanation | None:
    """The index may not lie where it is to lie."""
    match code:
        case "index.insecure":
            return Explanation(
                translate("Explain", "The index would be sent without encryption."),
                translate(
                    "Explain", "Nothing was sent. Use an https address for AWS_ENDPOINT_URL."
                ),
            )
        case "index.bad_place":
            return Explanation(
                translate("Explain", "NOTESAI_INDEX names no place for an index."),
                translate(
                    "Explain",
                    "Nothing was changed. It is s3://bucket/prefix or a folder; without it the "
                    "index is on this computer.",
                ),
            )
        case "index.other_vault":
            return Explanation(
                translate("Explain", "The index in this place is of another folder of notes."),
                translate(
                    "Explain",
                    "Nothing was changed. Give each folder a place of its own in NOTESAI_INDEX.",
                ),
            )
        case _:
            return None
