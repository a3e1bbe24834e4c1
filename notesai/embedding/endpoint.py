"""An OpenAI-compatible service that turns text into vectors, over HTTP.

Texts leave the machine: such a model is never chosen by itself, and its card says where they go.
urllib3 keeps the connections; LanceDB's client brings it along, so that it costs nothing.
"""

import json
import os
import re
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from notesai.connections import require_network, visit
from notesai.embedding import records
from notesai.embedding.addresses import (
    bad_address,
    carries_key,
    proxy_of,
    service_address,
    this_machine,
)
from notesai.embedding.base import ModelCard, Vectors
from notesai.embedding.records import Origin
from notesai.embedding.said import said
from notesai.embedding.tokens import prepared
from notesai.embedding.vectors import unit
from notesai.errors import ModelError

BATCH = 32
"""Texts in one request: what the strictest servers take."""

CONNECT_SECONDS = 10.0
READ_SECONDS = 60.0
WAITS = (1.0, 2.0, 4.0, 8.0)
"""Seconds between tries after an answer that says "later" (429, 5xx) or a broken connection."""

MOST_WAIT = 30.0
MOST_BYTES = 64 * 2**20
LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
TOO_MUCH = 413
PURPOSE = "vectors of texts"

SAFE = (
    "Nothing was lost: what has its vector keeps it, the rest waits, and search by word goes on. "
)

_PIECES = re.compile(r"[A-Za-z]+|[0-9]+|[^\x00-\x7f]|\S", re.ASCII)


class EndpointEmbedder:
    """An `Embedder` over a service. May be used by many threads."""

    def __init__(self, folder: Path) -> None:
        """Prepare asking the service that `folder` describes; nothing is sent yet."""
        known = records.read(folder)
        self._card = known.card
        self._service = Service(known.origin)

    @property
    def card(self) -> ModelCard:
        """The model's facts; its licence says where texts are sent to."""
        return self._card

    @property
    def sends_to(self) -> str:
        """The host that gets the texts."""
        return self._service.host

    def close(self) -> None:
        """Close the connections."""
        self._service.close()

    def count_tokens(self, text: str) -> int:
        """Number of tokens in `text`, estimated; see `estimated_tokens`."""
        return estimated_tokens(text)

    @property
    def counter(self) -> Callable[[str], int]:
        """`count_tokens` on its own: it can be pickled and works in another process."""
        return estimated_tokens

    def embed_query(self, text: str) -> Vectors:
        """Vector of a query, shape (dimension,), unit length."""
        return self._embed([text], self._card.query_prompt)[0]

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (n, dimension), unit length, in the order given."""
        places: dict[str, int] = {}
        rows = [places.setdefault(text, len(places)) for text in texts]
        return self._embed(list(places), self._card.document_prompt)[rows]

    def _embed(self, texts: Sequence[str], prompt: str) -> Vectors:
        vectors = np.zeros((len(texts), self._card.dimension), np.float32)
        # Services refuse empty texts; these keep zeros, which `unit` makes the neutral vector.
        sent = [i for i, text in enumerate(texts) if text.strip()]
        for start in range(0, len(sent), BATCH):
            rows = sent[start : start + BATCH]
            batch = [prompt + cut(texts[i], self._card.window) for i in rows]
            found = self._service.vectors(batch)
            if found.shape[1] != self._card.dimension:
                raise ModelError(
                    "model.dimension",
                    f"{self.sends_to} now gives vectors of {found.shape[1]} numbers instead of "
                    f"{self._card.dimension}: it runs another model than before.",
                    SAFE + "Add the model again under a new name.",
                )
            vectors[rows] = found
        return unit(vectors)


class Service:
    """One `/v1/embeddings` address and how to ask it."""

    def __init__(self, origin: Origin) -> None:
        """Raises `model.address` for a URL that cannot be one."""
        self._url = address(origin.url)
        self._model = origin.model
        self._key_variable = origin.key_variable
        self.host = urlsplit(self._url).netloc
        if origin.key_variable and not carries_key(urlsplit(self._url)):
            raise bad_address(origin.url, "a key is sent only over https")
        self._pool: Any = None
        self._opening = threading.Lock()

    def close(self) -> None:
        """Close the connections; they open again when needed."""
        with self._opening:
            pool, self._pool = self._pool, None
        if pool is not None:
            # `clear` only forgets them: they would stay open until nothing refers to them.
            keys = pool.pools.keys()
            for key in keys:
                pool.pools[key].close()
            pool.clear()

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Vectors as the service gives them, shape (n, dimension).

        Raises `ModelError`, or `RequestError` (`network.off`) if the settings forbid the network
        and the service is not on this machine.
        """
        if not this_machine(urlsplit(self._url)):
            require_network(PURPOSE)
        status, data = self._ask(texts)
        if status == TOO_MUCH and len(texts) > 1:
            half = len(texts) // 2
            return np.concatenate([self.vectors(texts[:half]), self.vectors(texts[half:])])
        if status != 200:
            raise self._refused(status, data)
        return self._parsed(data, len(texts))

    def _ask(self, texts: Sequence[str]) -> tuple[int, bytes]:
        """Status and body of the answer; tried again while the service says "later"."""
        import urllib3

        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if key := self._key():
            headers["Authorization"] = f"Bearer {key}"
        content = {"model": self._model, "input": list(texts), "encoding_format": "float"}
        body = json.dumps(content).encode()
        for wait in (*WAITS, None):
            try:
                status, data, later = self._post(body, headers)
            except urllib3.exceptions.HTTPError as error:
                if wait is None:
                    raise self._unreachable(error) from error
                status, data, later = 0, b"", 0.0
            if wait is None or (status and status not in LATER):
                return status, data
            time.sleep(min(MOST_WAIT, max(wait, later)))
        raise AssertionError("the last try returns or raises")

    def _post(self, body: bytes, headers: dict[str, str]) -> tuple[int, bytes, float]:
        """Status, body and the seconds that the service asks to wait."""
        with visit(self.host, PURPOSE) as moved:
            moved.count(len(body))
            response: Any = self._connections().request(
                "POST", self._url, body=body, headers=headers, preload_content=False
            )
            data: bytes = response.read(MOST_BYTES + 1, decode_content=True)
            moved.count(len(data))
        if len(data) > MOST_BYTES:
            response.close()
            raise self._wrong("its answer is too long")
        response.release_conn()
        return int(response.status), data, _seconds(response.headers.get("Retry-After"))

    def _connections(self) -> Any:
        """The pool of connections, opened on first need, through the system's proxy if any."""
        import urllib3

        with self._opening:
            if self._pool is None:
                options: dict[str, Any] = {
                    "timeout": urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
                    "retries": False,
                    "maxsize": 4,
                }
                proxy = proxy_of(urlsplit(self._url))
                make: Any = urllib3.ProxyManager if proxy else urllib3.PoolManager
                self._pool = make(proxy, **options) if proxy else make(**options)
            return self._pool

    def _key(self) -> str:
        """The key, "" if none is needed. Raises `model.key` if its variable holds none."""
        if not self._key_variable:
            return ""
        key = os.environ.get(self._key_variable, "").strip()
        if not key or not key.isascii() or not key.isprintable():
            raise ModelError(
                "model.key",
                f"The environment variable {self._key_variable} holds no key for {self.host}.",
                SAFE + "Set it before starting notesai.",
            )
        return key

    def _parsed(self, data: bytes, texts: int) -> Vectors:
        try:
            rows = json.loads(data)["data"]
            ordered = sorted(rows, key=lambda row: row["index"])
            vectors = np.array([row["embedding"] for row in ordered], np.float32)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise self._wrong("its answer is not that of an embeddings service") from error
        if vectors.ndim != 2 or len(vectors) != texts or not vectors.shape[1]:
            raise self._wrong("it did not give one vector for each text")
        if not np.isfinite(vectors).all():
            raise self._wrong("its vectors hold what is no number")
        return vectors

    def _refused(self, status: int, data: bytes) -> ModelError:
        words = said(data, self._key_variable)
        if status in (401, 403):
            where = (
                f"the key in {self._key_variable}"
                if self._key_variable
                else "a request without key"
            )
            return ModelError("model.key", f"{self.host} does not accept {where}.{words}", SAFE)
        if status in LATER:
            message = f"{self.host} is too busy or out of order (HTTP {status}).{words}"
            return ModelError("model.busy", message, SAFE + "It is tried again later.")
        message = (
            f"{self.host} refused the request for the model {self._model!r} (HTTP {status}).{words}"
        )
        return ModelError(
            "model.endpoint", message, SAFE + "Check the address and the model's name."
        )

    def _unreachable(self, error: Exception) -> ModelError:
        message = f"{self.host} cannot be reached: {type(error).__name__}."
        return ModelError(
            "model.offline", message, SAFE + "Check the network, or that it is running."
        )

    def _wrong(self, reason: str) -> ModelError:
        message = f"{self.host} cannot be used: {reason}."
        return ModelError("model.endpoint", message, SAFE + "Check the address.")


def asked(name: str, origin: Origin, languages: tuple[str, ...], window: int) -> ModelCard:
    """The card of an endpoint, whose dimension one short text is sent to find out."""
    service = Service(origin)
    try:
        dimension = service.vectors(["hello"]).shape[1]
    finally:
        service.close()
    return ModelCard(
        id=name,
        revision=f"{origin.model} at {service.host}",
        dimension=dimension,
        window=window,
        languages=languages,
        licence=f"that of the service; sends your texts to {service.host}",
        pooling="its own",
    )


def address(url: str) -> str:
    """The full address for a service's URL, given with or without `/v1` or `/v1/embeddings`."""
    return service_address(url, "/embeddings")


def estimated_tokens(text: str) -> int:
    """How many tokens a service would count in `text`, rather too many than too few.

    Its tokenizer is not known. A word of Latin letters counts one token for each four letters
    begun, digits one for two, every other ASCII character one. All else counts two: vocabularies
    made for English split a Hangul syllable into two or so, those made for Korean join several.
    """
    return sum(map(_tokens, _PIECES.findall(prepared(text))))


def cut(text: str, window: int) -> str:
    """The beginning of `text` that has at most `window` estimated tokens."""
    # A token has four letters at most; the rest is room for white space.
    text = prepared(text.lstrip()[: 16 * window])
    left = window
    for piece in _PIECES.finditer(text):
        needed = _tokens(piece[0])
        if needed > left:
            return text[: piece.start() + left * len(piece[0]) // needed]
        left -= needed
    return text


def _tokens(piece: str) -> int:
    if not piece.isascii():
        return 2
    if piece.isalpha():
        return (len(piece) + 3) // 4
    return (len(piece) + 1) // 2 if piece.isdigit() else 1


def _seconds(retry_after: str | None) -> float:
    """Seconds of a Retry-After header; 0 for none or a date."""
    return float(retry_after) if retry_after and retry_after.isdigit() else 0.0
