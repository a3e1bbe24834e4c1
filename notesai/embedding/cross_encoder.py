"""A cross-encoder: reads a query and a passage together and says how well one answers the other."""

import json
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np

from notesai.embedding import records
from notesai.embedding.base import ModelCard, Vectors
from notesai.embedding.folder import HINT
from notesai.embedding.network import (
    best_device,
    check_code,
    explained,
    libraries,
    out_of_memory,
    window_of,
)
from notesai.errors import ModelError

WINDOW = 512
"""Tokens of a query and a passage that are read together; a passage has about 200."""

_QUERY_CHARACTERS = 1000
_PASSAGE_CHARACTERS = 6000
_DECLARED = "config_sentence_transformers.json"
_HEAD = "ForSequenceClassification"
_PROBE = ("What is a garden?", "A garden is a place where plants are grown.", "정원 가꾸기")


class CrossEncoder:
    """A `Reranker` over the files of a model that the user added.

    Opened from files alone, without any code of its own. May be used by many threads, one of
    which computes at a time.
    """

    def __init__(self, folder: Path, *, device: str | None = None) -> None:
        """Open the model in `folder`. Raises `ModelError` if it is missing or cannot be used."""
        self._card = records.read(folder).card
        self._rater = _Rater(folder / records.FILES, device=device)

    @property
    def card(self) -> ModelCard:
        """The model's facts; it has no dimension, as it makes no vectors."""
        return self._card

    def scores(self, query: str, texts: Sequence[str]) -> Vectors:
        """How well each text answers the query, in 0..1, shape (n,).

        All are computed in one run. Raises `ModelError`.
        """
        return self._rater.scores(query, texts)


def is_cross_encoder(files: Path) -> bool:
    """Whether the folder holds a model that rates pairs of texts, by what it says of itself."""
    declared = _facts(files / _DECLARED).get("model_type")
    if declared is not None or (files / "modules.json").is_file():
        return declared == "CrossEncoder"
    named = _facts(files / "config.json").get("architectures")
    return isinstance(named, list) and any(
        str(name).endswith(_HEAD) for name in cast("list[Any]", named)
    )


def examined(files: Path, card: ModelCard) -> ModelCard:
    """`card` with what only the opened model tells, and languages if its maker names none.

    Raises `ModelError`: `model.unusable` for a model that does not tell texts apart.
    """
    from notesai.embedding.languages import recognised

    rater = _Rater(files)
    query, *texts = _PROBE
    if np.ptp(rater.scores(query, texts)) == 0.0:
        message = "The model rates all texts alike."
        raise ModelError("model.unusable", message, "Nothing was installed.")
    card = replace(card, dimension=0, window=rater.window, pooling="none")
    return card if card.languages else replace(card, languages=recognised(rater.scores))


class _Rater:
    """The opened network. `window` is how many tokens it reads of a pair."""

    def __init__(self, files: Path, *, device: str | None = None) -> None:
        check_code(files)
        self._torch, library = libraries()
        self._model: Any = _open(self._torch, library, files, device or best_device(self._torch))
        self._model.eval()
        if self._model.num_labels != 1:
            raise ModelError(
                "model.unusable",
                f"The model sorts texts into {self._model.num_labels} classes and rates none.",
                "Nothing was changed. Choose a model for reranking.",
            )
        self.window = min(WINDOW, window_of(self._model.max_seq_length, self._model.config))
        self._model.max_seq_length = self.window
        self._alone = threading.Lock()

    def scores(self, query: str, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros(0, np.float32)
        asked = query[:_QUERY_CHARACTERS]
        pairs = [(asked, text[:_PASSAGE_CHARACTERS]) for text in texts]
        try:
            with self._alone, self._torch.inference_mode():
                features = self._model.preprocess(pairs)
                device = self._model.device
                features = {
                    name: value.to(device) if hasattr(value, "to") else value
                    for name, value in features.items()
                }
                logits = self._model(features)["scores"].float()
                found = self._torch.sigmoid(logits).cpu().numpy()
        except Exception as error:  # torch's own errors have no common base
            if out_of_memory(self._torch, error):
                message = f"The device has too little memory for this model: {error}"
                raise ModelError("model.memory", message, HINT) from error
            raise ModelError("model.failed", f"The model could not run: {error}", HINT) from error
        scores = np.asarray(found, np.float32).reshape(-1)
        if scores.shape != (len(texts),) or not np.isfinite(scores).all():
            raise ModelError("model.failed", "The model gives no usable scores.", HINT)
        return scores


def _open(torch: Any, library: Any, files: Path, device: str) -> Any:
    try:
        return library.CrossEncoder(
            str(files),
            device=device,
            local_files_only=True,
            trust_remote_code=False,
            # Given here, it is not taken from the configuration, which may name any callable.
            activation_fn=torch.nn.Sigmoid(),
            model_kwargs={"dtype": torch.float32 if device == "cpu" else "auto"},
        )
    except Exception as error:  # the libraries raise whatever they meet
        if device != "cpu" and out_of_memory(torch, error):
            return _open(torch, library, files, "cpu")
        raise explained(error) from error


def _facts(path: Path) -> dict[str, Any]:
    """The object in a JSON file; empty if there is none."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}
