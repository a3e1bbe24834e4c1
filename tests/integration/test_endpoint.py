import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest

from notesai import connections, paths, settings
from notesai.embedding import catalog, endpoint, library
from notesai.embedding.endpoint import EndpointEmbedder
from notesai.errors import ModelError, RequestError

DIMENSION = 16
KEY = "sk-very-secret-1234"
Answer = tuple[int, dict[str, str], bytes]


def vector(text: str) -> list[float]:
    return np.random.default_rng(abs(hash(text)) % 2**32).normal(size=DIMENSION).tolist()


class Server(ThreadingHTTPServer):
    """An embeddings service; `say` may be replaced, `asked` holds what was asked."""

    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.connections = 0
        self.say: Callable[[dict[str, Any]], Answer] = self.vectors
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def get_request(self) -> Any:
        self.connections += 1
        return super().get_request()

    def vectors(self, request: dict[str, Any]) -> Answer:
        rows = [{"index": i, "embedding": vector(t)} for i, t in enumerate(request["input"])]
        return answer({"data": rows[::-1], "model": request["model"]})


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        request = json.loads(body)
        self.server.asked.append({**request, "path": self.path})
        self.server.keys.append(self.headers["Authorization"])
        status, headers, data = self.server.say(request)
        if status == 0:
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


def answer(content: Any, status: int = 200, **headers: str) -> Answer:
    return status, headers, json.dumps(content).encode()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(endpoint, "WAITS", (0.01, 0.01))
    made = Server()
    thread = threading.Thread(target=lambda: made.serve_forever(0.02))
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture
def embedder(server: Server) -> Iterator[EndpointEmbedder]:
    library.install_endpoint("service", server.url, "embed-1")
    opened = catalog.open_embedder("service")
    assert isinstance(opened, EndpointEmbedder)
    server.asked.clear()
    yield opened
    opened.close()


def ask() -> None:
    with closing(EndpointEmbedder(paths.home().models / "service")) as embedder:
        embedder.embed_query("x")


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(ModelError) as caught:
        call()
    assert KEY not in caught.value.message + caught.value.hint
    return caught.value.code


def test_what_is_kept_of_it(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVICE_KEY", KEY)
    model = library.install_endpoint("service", server.url + "/v1/", "embed-1", "SERVICE_KEY")
    assert server.asked == [
        {
            "model": "embed-1",
            "input": ["hello"],
            "encoding_format": "float",
            "path": "/v1/embeddings",
        }
    ]
    assert server.keys == [f"Bearer {KEY}"]
    assert model.card.dimension == DIMENSION
    host = server.url.removeprefix("http://")
    assert model.sends_to == host
    assert f"sends your texts to {host}" in model.card.licence
    assert KEY not in (paths.home().models / "service" / "model.toml").read_text()
    assert library.installed() == (model,)


def test_vectors_are_in_order_and_of_unit_length(
    server: Server, embedder: EndpointEmbedder
) -> None:
    texts = [f"text {i % 70}" for i in range(100)] + ["", " \n", "\ud800", "\x00"]
    vectors = embedder.embed_documents(texts)
    assert vectors.shape == (104, DIMENSION)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    expected = np.array(vector("text 3"))
    assert np.allclose(vectors[73], expected / np.linalg.norm(expected), atol=1e-5)
    assert np.array_equal(vectors[3], vectors[73])
    sent = [text for one in server.asked for text in one["input"]]
    assert len(sent) == len(set(sent)) == 72
    assert all(text.strip() for text in sent)
    assert max(len(one["input"]) for one in server.asked) <= endpoint.BATCH
    assert embedder.embed_query("text 3") == pytest.approx(vectors[3], abs=1e-6)
    assert embedder.embed_documents([]).shape == (0, DIMENSION)


def test_connections_are_kept(server: Server, embedder: EndpointEmbedder) -> None:
    before = server.connections
    for i in range(5):
        embedder.embed_query(f"question {i}")
    assert server.connections <= before + 1


def test_every_connection_is_in_the_log(server: Server, embedder: EndpointEmbedder) -> None:
    embedder.embed_query("a query")
    lines = [json.loads(line) for line in connections.log_file().read_text("utf-8").splitlines()]
    assert {line["host"] for line in lines} == {server.url.removeprefix("http://")}
    assert lines[-1]["bytes"] > len("a query")


def test_the_network_switch_spares_only_this_machine(embedder: EndpointEmbedder) -> None:
    settings.save(settings.Settings(network=False), paths.home().settings_file)
    embedder.embed_query("goes on")
    with pytest.raises(RequestError) as caught:
        library.install_endpoint("far", "https://embeddings.invalid", "embed-1")
    assert caught.value.code == "network.off"
    assert not (paths.home().models / "far").exists()


def test_long_texts_are_cut(server: Server, embedder: EndpointEmbedder) -> None:
    embedder.embed_documents(["한국어 노트 " * 100_000, "a" * 1_000_000])
    for text in server.asked[0]["input"]:
        assert 0 < endpoint.estimated_tokens(text) <= embedder.card.window


@pytest.mark.parametrize("status", [0, 429, 500, 503])
def test_it_is_asked_again_later(status: int, server: Server, embedder: EndpointEmbedder) -> None:
    def twice(request: dict[str, Any]) -> Answer:
        again = len(server.asked) <= 2
        return (status, {"Retry-After": "0"}, b"busy") if again else server.vectors(request)

    server.say = twice
    embedder.embed_query("x")
    assert len(server.asked) == 3


def test_it_stays_busy(server: Server, embedder: EndpointEmbedder) -> None:
    server.say = lambda _: answer({"error": {"message": "quota  used up"}}, 429)
    with pytest.raises(ModelError) as caught:
        embedder.embed_query("x")
    assert caught.value.code == "model.busy"
    assert "quota used up" in caught.value.message
    assert len(server.asked) == 3


def test_a_batch_that_is_too_large_is_halved(server: Server, embedder: EndpointEmbedder) -> None:
    server.say = lambda r: answer("no", 413) if len(r["input"]) > 3 else server.vectors(r)
    texts = [f"text {i}" for i in range(10)]
    vectors = embedder.embed_documents(texts)
    server.say = server.vectors
    assert np.allclose(vectors, embedder.embed_documents(texts), atol=1e-6)


@pytest.mark.parametrize(
    ("say", "code"),
    [
        (answer({"error": f"Incorrect API key: {KEY}"}, 401), "model.key"),
        (answer({}, 403), "model.key"),
        (answer({"message": "no such model"}, 404), "model.endpoint"),
        (answer({"error": []}, 400), "model.endpoint"),
        ((302, {"Location": "http://elsewhere.invalid/"}, b""), "model.endpoint"),
        ((200, {}, b"<html>hello</html>"), "model.endpoint"),
        ((200, {}, b"[" * 100_000), "model.endpoint"),
        (answer([]), "model.endpoint"),
        (answer({"data": []}), "model.endpoint"),
        (answer({"data": [{"index": 0, "embedding": "AAAA"}]}), "model.endpoint"),
        (answer({"data": [{"index": 0, "embedding": []}]}), "model.endpoint"),
        (answer({"data": [{"index": 0, "embedding": [float("nan")] * 16}]}), "model.endpoint"),
        (answer({"data": [{"index": 0, "embedding": [1.0] * 17}]}), "model.dimension"),
    ],
)
def test_answers_that_cannot_be_used(
    say: Answer, code: str, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVICE_KEY", KEY)
    library.install_endpoint("service", server.url, "embed-1", "SERVICE_KEY")
    server.say = lambda _: say
    assert code_of(ask) == code


def test_nobody_answers(server: Server, embedder: EndpointEmbedder) -> None:
    server.say = lambda _: (0, {}, b"")
    assert code_of(lambda: embedder.embed_query("x")) == "model.offline"


def test_the_key_is_never_logged(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SERVICE_KEY", KEY)
    with caplog.at_level(logging.DEBUG):
        library.install_endpoint("service", server.url, "embed-1", "SERVICE_KEY")
        server.say = lambda _: answer({}, 503)
        assert code_of(ask) == "model.busy"
    assert KEY not in caplog.text


@pytest.mark.parametrize("value", [None, "", " ", "two\nlines", "ключ"])
def test_a_key_that_cannot_be_sent(
    value: str | None, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SERVICE_KEY", raising=False)
    if value is not None:
        monkeypatch.setenv("SERVICE_KEY", value)
    code = code_of(lambda: library.install_endpoint("s", server.url, "embed-1", "SERVICE_KEY"))
    assert code == "model.key"
    assert not server.asked
    assert not library.installed()


def test_a_key_is_not_sent_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVICE_KEY", KEY)
    code = code_of(lambda: library.install_endpoint("s", "http://example.org", "m", "SERVICE_KEY"))
    assert code == "model.address"


def test_a_service_that_refuses_is_not_added(server: Server) -> None:
    server.say = lambda _: answer({"error": {"message": "no model embed-9"}}, 404)
    assert (
        code_of(lambda: library.install_endpoint("s", server.url, "embed-9", ""))
        == "model.endpoint"
    )
    assert not library.installed()
