"""A model that cannot be used, or not as it was meant."""

from PySide6.QtCore import QCoreApplication

from notesai.gui.explain.explanation import Explanation

translate = QCoreApplication.translate


def explain_model(code: str) -> Explanation:
    """What a `model` code means; of those without words of their own, that it cannot be used."""
    return (
        _service(code)
        or _unfit(code)
        or Explanation(
            translate("Explain", "The model that finds by meaning cannot be used."),
            translate(
                "Explain", "Your notes are safe. Install notesai again if a restart does not help."
            ),
        )
    )


def explain_reranker(code: str) -> Explanation:
    """What a `reranker` code means."""
    return Explanation(
        translate("Explain", "The model that puts results in order cannot be used."),
        translate(
            "Explain",
            "Search goes on without it. “notesai models” adds it again or switches it off.",
        ),
    )


def explain_switch(code: str) -> Explanation | None:
    """What a `switch` code means."""
    match code:
        case "switch.needed":
            return Explanation(
                translate("Explain", "The model of the present index cannot be used any more."),
                translate("Explain", "Choose another model, or put that one back."),
            )
        case "switch.no_previous":
            return Explanation(
                translate("Explain", "There is no index of another model any more."),
                translate("Explain", "The present index goes on."),
            )
        case _:
            return None


def _service(code: str) -> Explanation | None:
    """The model runs elsewhere, behind an address."""
    match code:
        case "model.offline":
            return Explanation(
                translate("Explain", "The service of the model cannot be reached."),
                translate(
                    "Explain", "Your notes are safe. Check the network, or that it is running."
                ),
            )
        case "model.busy":
            return Explanation(
                translate("Explain", "The service of the model is too busy or out of order."),
                translate("Explain", "Your notes are safe. It is tried again later."),
            )
        case "model.key":
            return Explanation(
                translate("Explain", "The service of the model lacks its key, or refuses it."),
                translate(
                    "Explain",
                    "Your notes are safe. Put the key into its variable before starting notesai.",
                ),
            )
        case "model.endpoint" | "model.address":
            return Explanation(
                translate("Explain", "The service of the model does not answer as it should."),
                translate(
                    "Explain", "Your notes are safe. Check its address and the model's name."
                ),
            )
        case _:
            return None


def _unfit(code: str) -> Explanation | None:
    """The model is there, but not for this index, this machine or this notesai."""
    match code:
        case "model.unknown":
            what = translate("Explain", "This model is not on this computer.")
        case "model.dimension" | "model.changed":
            what = translate("Explain", "The model is another one than when the index was made.")
        case "model.task":
            what = translate("Explain", "This model does not make an index.")
        case "model.unsafe" | "model.code":
            what = translate("Explain", "This model holds program code, which notesai never runs.")
        case "model.memory":
            return Explanation(
                translate("Explain", "There is too little memory for this model."),
                translate(
                    "Explain",
                    "Your notes are safe. Close other programs, or choose a smaller model.",
                ),
            )
        case "model.extra":
            return Explanation(
                translate("Explain", "This model needs parts of notesai that are not installed."),
                translate("Explain", "Install them with: pip install 'notesai[models]'"),
            )
        case _:
            return None
    return Explanation(what, translate("Explain", "Your notes are safe. Choose another model."))
