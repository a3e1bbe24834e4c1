"""A model hub on loopback that speaks as the real one does, and fails when told to.

Small files come from the hub itself, large ones by a redirect to another host, as from its CDN:
the hub is 127.0.0.1, the other one is localhost.
"""

import hashlib
import json
import socket
import threading
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

LARGE = 4096
"""Bytes from which a file is kept as the hub keeps large ones: by the sha256 of its content."""

_PIECE = 16 << 10


@dataclass
class Repository:
    files: dict[str, bytes]
    gated: bool = False
    commit: str = ""
    branches: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        listing = sorted(
            (name, hashlib.sha1(data).hexdigest()) for name, data in self.files.items()
        )
        self.commit = hashlib.sha1(json.dumps(listing).encode()).hexdigest()
        self.branches = {"main": self.commit, self.commit: self.commit}

    def info(self, hub_id: str) -> dict[str, object]:
        siblings = [describe(name, data) for name, data in sorted(self.files.items())]
        return {
            "_id": "0" * 24,
            "id": hub_id,
            "modelId": hub_id,
            "sha": self.commit,
            "gated": "manual" if self.gated else False,
            "private": False,
            "tags": ["sentence-transformers"],
            "downloads": 1,
            "siblings": siblings,
        }


def describe(name: str, data: bytes) -> dict[str, object]:
    """A file as the hub lists it with `blobs=true`."""
    sibling: dict[str, object] = {"rfilename": name, "size": len(data), "blobId": blob_id(data)}
    if len(data) >= LARGE:
        sha256 = hashlib.sha256(data).hexdigest()
        sibling["lfs"] = {"sha256": sha256, "size": len(data), "pointerSize": 134}
    return sibling


def blob_id(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


@dataclass
class Request:
    method: str
    host: str
    path: str
    token: str
    range: str


class LoopbackHub:
    """Serves `repositories` until closed; what it is told to do wrong stands in its attributes."""

    def __init__(self) -> None:
        self.repositories: dict[str, Repository] = {}
        self.requests: list[Request] = []
        self.served: Counter[str] = Counter()
        """Bytes of content sent, by file name."""
        self.tokens: set[str] = set()
        """Tokens of people who have accepted the licences."""
        self.ranges = True
        self.break_off: dict[str, list[int]] = {}
        """By file name: after how many bytes of it each next answer ends too early."""
        self.stall: dict[str, int] = {}
        """By file name: after how many bytes an answer stops without ending, until `close`."""
        self.stalled = threading.Event()
        self.damaged: set[str] = set()
        self.statuses: list[tuple[int, dict[str, str]]] = []
        """What the next requests are answered instead: status and headers."""
        self._closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def add(self, hub_id: str, files: dict[str, bytes], *, gated: bool = False) -> Repository:
        repository = self.repositories[hub_id] = Repository(files, gated)
        return repository

    def close(self) -> None:
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        hub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 30

            def do_HEAD(self) -> None:
                self._do()

            def do_GET(self) -> None:
                self._do()

            def _do(self) -> None:
                token = self.headers.get("Authorization", "").removeprefix("Bearer ")
                host = self.headers["Host"].partition(":")[0]
                path = unquote(urlsplit(self.path).path)
                wanted = self.headers.get("Range", "")
                hub.requests.append(Request(self.command, host, path, token, wanted))
                try:
                    if hub.statuses:
                        self._answer(*hub.statuses.pop(0))
                    elif path.startswith("/api/models/"):
                        self._info(path.removeprefix("/api/models/"))
                    elif path.startswith("/cdn/"):
                        self._cdn(path.removeprefix("/cdn/"))
                    else:
                        self._resolve(path.removeprefix("/"), token)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def _info(self, rest: str) -> None:
                hub_id, _, revision = rest.partition("/revision/")
                repository = hub.repositories.get(hub_id)
                if repository is None:
                    self._refuse(401, "RepoNotFound", "Repository not found")
                elif (revision or "main") not in repository.branches:
                    self._refuse(404, "RevisionNotFound", f"Invalid rev id: {revision}")
                else:
                    info = repository.info(hub_id)
                    if not parse_qs(urlsplit(self.path).query).get("blobs"):
                        info["siblings"] = [{"rfilename": name} for name in repository.files]
                    self._answer(200, {"Content-Type": "application/json"}, json.dumps(info))

            def _resolve(self, rest: str, token: str) -> None:
                hub_id, _, rest = rest.partition("/resolve/")
                revision, _, name = rest.partition("/")
                repository = hub.repositories.get(hub_id)
                if repository is None:
                    self._refuse(401, "RepoNotFound", "Repository not found")
                elif revision not in repository.branches:
                    self._refuse(404, "RevisionNotFound", f"Invalid rev id: {revision}")
                elif repository.gated and token not in hub.tokens:
                    self._refuse(403 if token else 401, "GatedRepo", "Access is restricted")
                elif name not in repository.files:
                    self._refuse(404, "EntryNotFound", "Entry not found")
                else:
                    self._file(repository, f"{hub_id}/{name}", name)

            def _file(self, repository: Repository, full: str, name: str) -> None:
                data = repository.files[name]
                headers = {"X-Repo-Commit": repository.commit, "Accept-Ranges": "bytes"}
                if len(data) < LARGE:
                    self._content(name, data, headers | {"ETag": f'"{blob_id(data)}"'})
                    return
                sha256 = hashlib.sha256(data).hexdigest()
                linked = {"X-Linked-Etag": f'"{sha256}"', "X-Linked-Size": str(len(data))}
                place = {"Location": f"http://localhost:{hub.port}/cdn/{full}"}
                self._answer(302, headers | linked | place)

            def _cdn(self, full: str) -> None:
                owner, model, name = full.split("/", 2)
                data = hub.repositories[f"{owner}/{model}"].files[name]
                self._content(name, data, {"ETag": f'"{hashlib.md5(data).hexdigest()}"'})

            def _content(self, name: str, data: bytes, headers: dict[str, str]) -> None:
                if name in hub.damaged:
                    data = data[:-1] + bytes([data[-1] ^ 1])
                start, status = 0, 200
                wanted = self.headers.get("Range", "")
                if wanted and hub.ranges:
                    start, status = int(wanted.removeprefix("bytes=").rstrip("-")), 206
                    headers = headers | {
                        "Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"
                    }
                self.send_response(status)
                for key, value in (headers | {"Content-Length": str(len(data) - start)}).items():
                    self.send_header(key, value)
                self.end_headers()
                if self.command == "GET":
                    self._send(name, data[start:])

            def _send(self, name: str, data: bytes) -> None:
                breaks = hub.break_off.get(name, [])
                end = breaks.pop(0) if breaks else len(data)
                stall = hub.stall.get(name, len(data) + 1)
                for offset in range(0, min(end, stall, len(data)), _PIECE):
                    piece = data[offset : min(offset + _PIECE, end, stall)]
                    self.wfile.write(piece)
                    hub.served[name] += len(piece)
                if stall <= min(end, len(data)):
                    hub.stalled.set()
                    hub._closing.wait()
                if min(end, stall) < len(data):
                    self.wfile.flush()
                    self.connection.shutdown(socket.SHUT_WR)
                    self.close_connection = True

            def _refuse(self, status: int, code: str, message: str) -> None:
                self._answer(status, {"X-Error-Code": code, "X-Error-Message": message})

            def _answer(self, status: int, headers: dict[str, str], body: str = "") -> None:
                data = body.encode()
                self.send_response(status)
                for key, value in (headers | {"Content-Length": str(len(data))}).items():
                    self.send_header(key, value)
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(data)

            def log_message(self, format: str, *args: object) -> None:
                """Nothing on the screen."""

        return Handler
