"""A map that cannot be laid out, and clusters that cannot be named."""

from PySide6.QtCore import QCoreApplication

from notesai.gui.explain.explanation import Explanation

translate = QCoreApplication.translate


def explain_map(code: str) -> Explanation | None:
    """What a `map` code means."""
    match code:
        case "map.failed":
            return Explanation(
                translate("Explain", "The map could not be laid out."),
                translate("Explain", "Your notes are safe. Try again; the log has the details."),
            )
        case "map.cannot_write":
            return Explanation(
                translate("Explain", "The name of the cluster was not kept."),
                translate("Explain", "Your notes are safe. Free some space and try again."),
            )
        case _:
            return None


def explain_cluster(code: str) -> Explanation | None:
    """What a `cluster` code means."""
    match code:
        case "cluster.unknown":
            return Explanation(
                translate("Explain", "There is no such cluster any more."),
                translate("Explain", "Your notes have changed since. Look at the clusters again."),
            )
        case "cluster.no_model":
            return Explanation(
                translate("Explain", "No chat model was chosen."),
                translate("Explain", "Choose one in the settings."),
            )
        case _:
            return None
