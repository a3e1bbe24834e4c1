"""One streamed answer of a chat service: the connection, and the server-sent events in it."""

import contextlib
import http.client
import json
import socket
import ssl
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from notesai.embedding.addresses import proxy_of

CONNECT_SECONDS = 10.0
SILENCE_SECONDS = 600.0
"""A slow machine reads a long prompt for minutes before it says the first word."""

MOST_BYTES = 16 << 20
LONGEST_LINE = 1 << 20
_LONGEST_REFUSAL = 1 << 16


class Refused(Exception):
    """An answer with another status than 200."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(status)
        self.status = status
        self.body = body


class Connection:
    """One request to one address, through the system's proxy if any. `close` is for any thread."""

    def __init__(self, url: str, headers: dict[str, str]) -> None:
        self._parts = urlsplit(url)
        self._headers = headers
        self._http: http.client.HTTPConnection | None = None
        self._closed = False
        self.received = 0
        """Bytes of the answer so far."""

    def post(self, body: bytes) -> Iterator[bytes]:
        """Send `body`; the lines of the answer. Raises `Refused`, `OSError` and `ValueError`."""
        try:
            yield from self._lines(body)
        except http.client.HTTPException as error:
            raise ValueError(f"its answer is broken ({type(error).__name__})") from error

    def close(self) -> None:
        """Cut it: whoever waits for its answer is told at once."""
        self._closed = True
        opened = self._http
        if opened is not None and opened.sock is not None:
            with contextlib.suppress(OSError):
                opened.sock.shutdown(socket.SHUT_RDWR)

    def _lines(self, body: bytes) -> Iterator[bytes]:
        opened, target = self._opened()
        with contextlib.closing(opened):
            opened.connect()
            if self._closed:
                return
            assert opened.sock is not None
            opened.sock.settimeout(SILENCE_SECONDS)
            opened.request("POST", target, body, self._headers)
            answer = opened.getresponse()
            if answer.status != http.client.OK:
                raise Refused(answer.status, answer.read(_LONGEST_REFUSAL))
            while line := answer.readline(LONGEST_LINE):
                self.received += len(line)
                if self.received > MOST_BYTES:
                    raise ValueError("its answer is too long")
                yield line

    def _opened(self) -> tuple[http.client.HTTPConnection, str]:
        """The connection, not yet made, and what to ask it for."""
        parts = self._parts
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        host, port = parts.hostname or "", parts.port
        proxy = urlsplit(proxy_of(parts) or "")
        secure = parts.scheme == "https"
        if proxy.hostname and not secure:
            opened = http.client.HTTPConnection(proxy.hostname, proxy.port, timeout=CONNECT_SECONDS)
            target = parts._replace(fragment="").geturl()
        elif secure:
            at = (proxy.hostname, proxy.port) if proxy.hostname else (host, port)
            opened = http.client.HTTPSConnection(
                at[0], at[1], timeout=CONNECT_SECONDS, context=ssl.create_default_context()
            )
            if proxy.hostname:
                opened.set_tunnel(host, port)
        else:
            opened = http.client.HTTPConnection(host, port, timeout=CONNECT_SECONDS)
        self._http = opened
        return opened, target


class Events:
    """The text in the events of a chat completion; a service that does not stream says it all."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = lines

    def texts(self) -> Iterator[str]:
        """The pieces of what the assistant says. Raises `ValueError` for what is no such answer."""
        seen, whole = False, b""
        for line in self._lines:
            if line.startswith(b"data:"):
                seen = True
                data = line[5:].strip()
                if data == b"[DONE]":
                    return
                yield from _text(data)
            elif not seen:
                whole += line
        if not seen:
            yield from _text(whole.strip())


def _text(data: bytes) -> Iterator[str]:
    """What one event, or a whole answer, adds. Its thoughts, where they are apart, are left out."""
    try:
        content: Any = json.loads(data)
        if "error" in content:
            raise ValueError(f"it says: {str(content['error'])[:200]}")
        for choice in content["choices"][:1]:
            said: Any = choice.get("delta") or choice.get("message") or {}
            text = said.get("content")
            if isinstance(text, str) and text:
                yield text
    except (TypeError, KeyError, AttributeError, RecursionError, json.JSONDecodeError) as error:
        raise ValueError("its answer is not that of a chat service") from error
