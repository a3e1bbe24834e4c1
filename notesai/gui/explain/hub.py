"""A model that could not be fetched: of the hub, the way to it, or the disk."""

from PySide6.QtCore import QCoreApplication

from notesai.gui.explain.explanation import Explanation

translate = QCoreApplication.translate


def explain_hub(code: str) -> Explanation:
    """What a `hub` code means."""
    return (
        _name(code)
        or _rights(code)
        or _way(code)
        or _disk(code)
        or Explanation(
            translate("Explain", "Parts of notesai that fetch models are not installed."),
            translate("Explain", "Install them with: pip install -U 'notesai[models]'"),
        )
    )


def _name(code: str) -> Explanation | None:
    match code:
        case "hub.bad_name" | "hub.unknown_model":
            return Explanation(
                translate("Explain", "The hub has no model of this name, or hides it from you."),
                translate("Explain", "Check the name. A private model needs your HF_TOKEN."),
            )
        case "hub.no_revision":
            return Explanation(
                translate("Explain", "The model has no such version."),
                translate("Explain", "Leave the version out for the newest."),
            )
        case "hub.no_weights" | "hub.unsafe_path":
            return Explanation(
                translate("Explain", "What the hub has under this name cannot be used here."),
                translate("Explain", "Nothing was changed. Choose another model."),
            )
        case _:
            return None


def _rights(code: str) -> Explanation | None:
    match code:
        case "hub.gated":
            return Explanation(
                translate("Explain", "Its makers give it only to those who accept the licence."),
                translate("Explain", "Accept it on the hub, then set HF_TOKEN to your token."),
            )
        case "hub.bad_token":
            return Explanation(
                translate("Explain", "The hub does not accept your token."),
                translate("Explain", "Set HF_TOKEN to a valid one, or to nothing."),
            )
        case _:
            return None


def _way(code: str) -> Explanation | None:
    kept = translate("Explain", "What has arrived is kept. Try again later.")
    match code:
        case "hub.unreachable":
            return Explanation(translate("Explain", "The hub cannot be reached."), kept)
        case "hub.refused":
            return Explanation(translate("Explain", "The hub does not answer as it should."), kept)
        case "hub.not_a_hub":
            return Explanation(
                translate("Explain", "What answers is not a model hub."),
                translate("Explain", "Is there a login page before the network?"),
            )
        case "hub.damaged":
            return Explanation(translate("Explain", "A file did not arrive as it should."), kept)
        case "hub.stopped":
            return Explanation(translate("Explain", "The download was ended from outside."), kept)
        case "hub.busy":
            return Explanation(translate("Explain", "This model is being fetched already."))
        case _:
            return None


def _disk(code: str) -> Explanation | None:
    match code:
        case "hub.disk_full":
            return Explanation(
                translate("Explain", "The disk is too full for this model."),
                translate("Explain", "Free some space and try again; what has arrived is kept."),
            )
        case "hub.not_writable":
            return Explanation(
                translate("Explain", "The folder for downloads may not be written."),
                translate("Explain", "Check its permissions and try again."),
            )
        case _:
            return None
