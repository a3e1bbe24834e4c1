"""The process that speaks to the hub.

A process can be ended at any moment, whatever its libraries wait for: a download stops within a
moment of being cancelled. It also has an environment of its own, from which huggingface_hub takes
its options. The library finds the repository, the address of a file, the token and what an answer
means; the bytes are read here, because it keeps no half of a file for later.
"""

import multiprocessing
import os
import re
import signal
import threading
import time
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import IO, Any, TypeAlias

from notesai.embedding.hub import errors
from notesai.embedding.hub.messages import (
    Arrived,
    Contact,
    Crashed,
    Find,
    Found,
    Get,
    Got,
    Message,
    Request,
)
from notesai.embedding.hub.selection import HubFile
from notesai.errors import NotesaiError

TIMEOUT = 20.0
"""Seconds of silence after which a connection is taken for broken."""

LONGEST_WAIT = 120.0
"""Seconds. A hub that asks to come back later than this is not waited for."""

FIRST_TRIES = 2
"""Waits before the first answer ever: without a network, a person should not wait for all."""

_PASSING = (408, 425, 429, 500, 502, 503, 504)
"""States that are over soon: too many requests, overload, a server being restarted."""

_PARTIAL = 206
_NO_SUCH_RANGE = 416

_ENVIRONMENT = {
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_VERBOSITY": "error",
}

Pipe: TypeAlias = "Connection[Any, Any]"
"""Both ways between the two processes: a `Request` in, a `Message` out."""


class _BrokenOff(Exception):
    """The connection ended before the file did."""


def serve(pipe: Pipe, waits: tuple[float, ...]) -> None:
    """Answer requests until the other side is gone; `waits`: seconds between attempts."""
    # Ctrl+C reaches the whole group; it is the parent that ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ.update(_ENVIRONMENT)
    worker = _Worker(pipe, waits)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            pipe.send(worker.answer(pipe.recv()))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)


class _Worker:
    """Answers one request at a time, over one session with all its connections."""

    def __init__(self, pipe: Pipe, waits: tuple[float, ...]) -> None:
        self._pipe = pipe
        self._waits = waits
        self._answered = False
        self._hosts: set[str] = set()
        self._session: Any = None
        self._responses: list[Any] = []

    def answer(self, request: Request) -> Message:
        """`Found` or `Got`, else what went wrong. Raises only when nobody listens any more."""
        try:
            self._open_session()
            return self._patiently(request)
        except (EOFError, BrokenPipeError, ConnectionResetError):
            raise
        except NotesaiError as error:
            return error
        except Exception as error:
            return _explained(error, request) or Crashed(traceback.format_exc())

    def _open_session(self) -> None:
        if self._session is not None:
            return
        try:
            from huggingface_hub.utils import get_session, httpx
        except ImportError as error:
            raise errors.library_too_old() from error
        self._session = get_session()
        self._session.timeout = httpx.Timeout(TIMEOUT)
        hooks = self._session.event_hooks
        self._session.event_hooks = {
            "request": [*hooks["request"], self._contact],
            "response": [*hooks["response"], self._responses.append],
        }

    def _contact(self, request: Any) -> None:
        """Called by the HTTP library before each request, those after a redirect included."""
        name = _host(request)
        if name not in self._hosts:
            self._hosts.add(name)
            self._say(Contact(name))

    def _say(self, message: Contact | Arrived) -> None:
        """Send it, and wait to be told to go on."""
        self._pipe.send(message)
        self._pipe.recv()

    def _patiently(self, request: Request) -> Message:
        waits = self._waits if self._answered else self._waits[:FIRST_TRIES]
        tries = 0
        while True:
            held = _held(request)
            try:
                return self._once(request)
            except Exception as error:
                pause = _pause(error)
                if _held(request) > held:
                    tries = 0
                if pause is None or tries == len(waits):
                    raise
                time.sleep(max(pause, waits[tries]))
                tries += 1

    def _once(self, request: Request) -> Message:
        self._responses.clear()
        answer = self._find(request) if isinstance(request, Find) else self._get(request)
        self._answered = True
        return answer

    def _find(self, request: Find) -> Found:
        from huggingface_hub import HfApi
        from huggingface_hub import errors as library

        try:
            info = HfApi(endpoint=errors.endpoint()).model_info(
                request.hub_id,
                revision=request.revision or None,
                files_metadata=True,
                timeout=TIMEOUT,
            )
            return _found(info)
        except (library.HfHubHTTPError, library.HFValidationError):
            raise
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise errors.not_a_hub(f"{type(error).__name__}: {error}") from error
        finally:
            for response in self._responses:
                self._say(Arrived(_host(response), response.num_bytes_downloaded, 0))

    def _get(self, request: Get) -> Got:
        request.part.parent.mkdir(parents=True, exist_ok=True)
        with request.part.open("ab") as part:
            if part.tell() > request.file.size:
                part.truncate(0)
            if part.tell() < request.file.size:
                self._stream(request, part)
            os.fsync(part.fileno())
        return Got()

    def _stream(self, request: Get, part: IO[bytes]) -> None:
        from huggingface_hub import hf_hub_url
        from huggingface_hub.utils import (
            build_hf_headers,  # pyright: ignore[reportUnknownVariableType]
            hf_raise_for_status,
        )

        url = hf_hub_url(
            request.hub_id,
            request.file.path,
            revision=request.commit,
            endpoint=errors.endpoint(),
        )
        held = part.tell()
        # Not compressed on the way: a range counts the bytes that travel.
        headers = {**build_hf_headers(), "Accept-Encoding": "identity"}
        if held:
            headers["Range"] = f"bytes={held}-"
        with self._session.stream("GET", url, headers=headers) as response:
            if response.status_code == _NO_SUCH_RANGE:
                part.truncate(0)
                raise _BrokenOff
            hf_raise_for_status(response)
            if not _continues(response, held):
                part.truncate(0)
            self._receive(response, request.file, part)

    def _receive(self, response: Any, file: HubFile, part: IO[bytes]) -> None:
        held = part.seek(0, os.SEEK_END)
        for piece in response.iter_bytes():
            held += len(piece)
            if held > file.size:
                part.truncate(0)
                raise errors.not_whole(file.path)
            part.write(piece)
            # Handed over at once: what has arrived outlives a kill of this process.
            part.flush()
            self._say(Arrived(_host(response), len(piece), held))
        if held < file.size:
            raise _BrokenOff


def _host(message: Any) -> str:
    """Host and port of a request or a response, without a user's name."""
    return message.url.netloc.decode("ascii", "replace").rpartition("@")[2]


def _found(info: Any) -> Found:
    if not re.fullmatch(r"[0-9a-fA-F]{6,64}", info.sha):
        raise ValueError("it names no commit")
    return Found(info.sha, tuple(_file(sibling) for sibling in info.siblings))


def _file(sibling: Any) -> HubFile:
    sha256 = sibling.lfs.sha256 if sibling.lfs is not None else ""
    if not isinstance(sibling.size, int) or not (sha256 or sibling.blob_id):
        raise ValueError(f"it gives no size or no hash of {sibling.rfilename}")
    return HubFile(sibling.rfilename, sibling.size, sha256, sibling.blob_id or "")


def _held(request: Request) -> int:
    """Bytes of the file that are there."""
    if isinstance(request, Find) or not request.part.exists():
        return 0
    return request.part.stat().st_size


def _continues(response: Any, held: int) -> bool:
    """True if the answer is what follows the first `held` bytes; else it is the whole file."""
    partial = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
    return response.status_code == _PARTIAL and partial is not None and int(partial[1]) == held


def _pause(error: Exception) -> float | None:
    """Seconds that the hub wants to be left alone before the next attempt; None if in vain."""
    from huggingface_hub import errors as library
    from huggingface_hub.utils import httpx

    if isinstance(error, httpx.UnsupportedProtocol):
        return None
    if isinstance(error, _BrokenOff | httpx.TransportError):
        return 0.0
    if isinstance(error, library.HfHubHTTPError) and error.response.status_code in _PASSING:
        after = error.response.headers.get("Retry-After", "")
        seconds = float(after) if after.isdecimal() else 0.0
        return seconds if seconds <= LONGEST_WAIT else None
    return None


def _explained(error: Exception, request: Request) -> NotesaiError | None:
    revision = request.revision if isinstance(request, Find) else request.commit
    if isinstance(error, _BrokenOff):
        return errors.unreachable("the connection broke off again and again")
    known = errors.of_library(error, request.hub_id, revision)
    if known is not None or not isinstance(error, OSError):
        return known
    if isinstance(request, Find):
        return None
    return errors.of_disk(error, request.part.parent, request.file.size - _held(request))
