"""An OpenAI-compatible chat service on loopback; what it says and does wrong is told to it."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class ChatServer(ThreadingHTTPServer):
    """Streams `says`; `status` other than 200 answers `refusal`. `hold` stops it before a word."""

    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.says: list[str] = ["Water ", "them ", "[1]."]
        self.status = 200
        self.refusal: Any = {"error": {"message": "no such model"}}
        self.raw: bytes | None = None
        self.streams = True
        self.hold = -1
        self.held = threading.Event()
        self.hung_up = threading.Event()
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.paths: list[str] = []
        self._closing = threading.Event()
        self._thread = threading.Thread(target=lambda: self.serve_forever(0.02))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def close(self) -> None:
        self._closing.set()
        self.shutdown()
        self._thread.join()
        self.server_close()

    def wait_until_hung_up(self, connection: Any) -> None:
        """Until the other side is gone, or the test is over."""
        connection.settimeout(0.05)
        while not self._closing.is_set():
            try:
                if not connection.recv(1):
                    self.hung_up.set()
                    return
            except TimeoutError:
                continue
            except OSError:
                self.hung_up.set()
                return


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ChatServer

    def do_POST(self) -> None:
        server = self.server
        server.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        server.keys.append(self.headers["Authorization"])
        server.paths.append(self.path)
        self.close_connection = True
        if server.status != 200:
            self._whole(server.status, json.dumps(server.refusal).encode())
        elif server.raw is not None:
            self._whole(200, server.raw)
        elif not server.streams:
            message = {"choices": [{"message": {"content": "".join(server.says)}}]}
            self._whole(200, json.dumps(message, indent=1).encode())
        else:
            self._stream()

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self._event({"choices": [{"delta": {"role": "assistant"}}]})
        for number, text in enumerate(self.server.says):
            if number == self.server.hold:
                self.server.held.set()
                self.server.wait_until_hung_up(self.connection)
                return
            self._event({"choices": [{"delta": {"content": text}}]})
        self._event({"choices": [], "usage": {"total_tokens": 3}})
        self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _event(self, content: Any) -> None:
        self._chunk(b"data: " + json.dumps(content).encode() + b"\n\n")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _whole(self, status: int, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass
