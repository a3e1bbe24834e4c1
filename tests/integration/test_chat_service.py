"""A chat model that a service runs, over real HTTP on loopback."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from chat_server import ChatServer

from notesai import connections, paths, settings
from notesai.answers import chat_library, service
from notesai.answers.llama import Message, Role
from notesai.answers.opening import open_chat_model
from notesai.answers.service import ChatService
from notesai.embedding.inventory import known_chat_models
from notesai.embedding.records import Origin
from notesai.errors import Cancelled, ModelError, NotesaiError, RequestError
from notesai.settings import Settings

KEY = "sk-very-secret-1234"
MESSAGES = (Message(Role.SYSTEM, "Cite."), Message(Role.USER, "언제 물을 주나요?"))


@pytest.fixture
def server() -> Iterator[ChatServer]:
    made = ChatServer()
    yield made
    made.close()


@pytest.fixture
def chat(server: ChatServer) -> ChatService:
    return ChatService("mine", Origin(runtime="chat-endpoint", url=server.url, model="qwen"))


def said(chat: ChatService, check: Any = lambda: None) -> list[str]:
    return list(
        chat.stream(MESSAGES, max_tokens=50, report=lambda *_: None, check=check),
    )


def refused(chat: ChatService) -> NotesaiError:
    with pytest.raises(NotesaiError) as caught:
        said(chat)
    assert KEY not in caught.value.message + caught.value.hint
    return caught.value


def test_what_it_says_is_streamed(server: ChatServer, chat: ChatService):
    assert said(chat) == ["Water ", "them ", "[1]."]
    (asked,) = server.asked
    assert (asked["model"], asked["stream"], asked["max_tokens"]) == ("qwen", True, 50)
    assert asked["messages"] == [
        {"role": "system", "content": "Cite."},
        {"role": "user", "content": "언제 물을 주나요?"},
    ]
    assert server.paths == ["/v1/chat/completions"]
    assert server.keys == [None]
    assert chat.sends_to == ""
    lines = [json.loads(line) for line in connections.log_file().read_text().splitlines()]
    assert {line["purpose"] for line in lines} == {service.PURPOSE}
    assert sum(line["bytes"] for line in lines) > 300


def test_a_service_that_does_not_stream_says_it_all_at_once(server: ChatServer, chat: ChatService):
    server.streams = False
    assert said(chat) == ["Water them [1]."]


@pytest.mark.parametrize("hold", [0, 2])
def test_it_is_cancelled_at_once_and_hangs_up(server: ChatServer, chat: ChatService, hold: int):
    server.hold = hold
    since: list[float] = []

    def check() -> None:
        if server.held.is_set():
            since.append(time.monotonic())
            raise Cancelled

    with pytest.raises(Cancelled):
        said(chat, check)
    assert time.monotonic() - since[0] < 1.0
    assert server.hung_up.wait(5)


def test_closing_it_early_hangs_up(server: ChatServer, chat: ChatService):
    server.hold = 1
    stream = chat.stream(MESSAGES, max_tokens=50, report=lambda *_: None, check=lambda: None)
    assert next(stream) == "Water "
    stream.close()
    assert server.hung_up.wait(5)


def test_the_key_comes_from_the_environment_alone(
    server: ChatServer, chat: ChatService, monkeypatch: pytest.MonkeyPatch
):
    origin = Origin(runtime="chat-endpoint", url=server.url, model="m", key_variable="CHAT_KEY")
    monkeypatch.delenv("CHAT_KEY", raising=False)
    assert refused(ChatService("mine", origin)).code == "model.key"
    assert server.asked == []
    monkeypatch.setenv("CHAT_KEY", KEY)
    assert said(ChatService("mine", origin))
    assert server.keys == [f"Bearer {KEY}"]
    server.status, server.refusal = 401, {"error": {"message": f"bad key {KEY}"}}
    assert refused(ChatService("mine", origin)).code == "model.key"
    assert KEY not in connections.log_file().read_text()


@pytest.mark.parametrize(
    ("status", "code"), [(404, "model.endpoint"), (429, "model.busy"), (500, "model.busy")]
)
def test_refusals_are_told_with_what_it_says(
    server: ChatServer, chat: ChatService, status: int, code: str
):
    server.status = status
    error = refused(chat)
    assert error.code == code
    assert "no such model" in error.message


@pytest.mark.parametrize(
    "raw",
    [b"<html>hello</html>", b"", b"data: nonsense\n\n", b'data: {"error": "full"}\n\n', b"[]"],
)
def test_what_is_no_chat_service(server: ChatServer, chat: ChatService, raw: bytes):
    server.raw = raw
    assert refused(chat).code == "model.endpoint"


def test_nobody_there(server: ChatServer, chat: ChatService):
    gone = Origin(runtime="chat-endpoint", url="http://127.0.0.1:9/v1", model="m")
    assert refused(ChatService("mine", gone)).code == "model.offline"


def test_elsewhere_the_network_switch_holds():
    settings.save(Settings(network=False), paths.home().settings_file)
    far = ChatService("far", Origin(runtime="chat-endpoint", url="https://api.example", model="m"))
    assert far.sends_to == "api.example"
    assert refused(far).code == "network.off"
    assert not connections.log_file().exists()


def test_a_key_never_travels_in_the_open():
    origin = Origin(
        runtime="chat-endpoint", url="http://api.example", model="m", key_variable="KEY"
    )
    with pytest.raises(ModelError) as caught:
        ChatService("far", origin)
    assert caught.value.code == "model.address"
    ChatService("far", replace_url(origin, "https://api.example"))


def replace_url(origin: Origin, url: str) -> Origin:
    return Origin(runtime="chat-endpoint", url=url, model="m", key_variable=origin.key_variable)


def test_it_is_added_listed_and_opened(server: ChatServer):
    chat_library.install_service("mine", server.url + "/v1", "qwen")
    assert server.asked[0]["max_tokens"] == 1
    (known,) = [model for model in known_chat_models("mine") if model.name == "mine"]
    assert (known.task, known.in_use, known.sends_to) == ("chat", True, "")
    opened = open_chat_model("mine", context=0, threads=lambda: 1)
    assert isinstance(opened, ChatService)
    assert opened.prepare(lambda *_: None, lambda: None).context == service.CONTEXT
    prompt = opened.prompt(MESSAGES)
    assert "언제 물을 주나요?" in prompt.text
    assert prompt.tokens > sum(opened.count_tokens(["언제 물을 주나요?"]))


def test_one_that_does_not_answer_is_not_added(server: ChatServer):
    server.status = 404
    with pytest.raises(ModelError):
        chat_library.install_service("mine", server.url, "qwen")
    assert "mine" not in [model.name for model in known_chat_models()]


def test_names_of_added_ones_are_checked(server: ChatServer):
    with pytest.raises((ModelError, RequestError)):
        chat_library.install_service("../mine", server.url, "qwen")
    assert server.asked == []
