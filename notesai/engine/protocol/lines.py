"""Requests and messages as lines of JSON."""

import msgspec

from notesai.engine.protocol.messages import AnyMessage, Message
from notesai.engine.protocol.requests import AnyRequest, Request
from notesai.engine.protocol.results import RESULTS, Result

_encoder = msgspec.json.Encoder()
_requests: msgspec.json.Decoder[AnyRequest] = msgspec.json.Decoder(AnyRequest)
_messages: msgspec.json.Decoder[AnyMessage] = msgspec.json.Decoder(AnyMessage)


def encode(message: Request | Message) -> bytes:
    """One line, newline included."""
    return _encoder.encode(message) + b"\n"


def raw(value: Result) -> msgspec.Raw:
    """A result, packed for `Ok` or `Partial`."""
    return msgspec.Raw(_encoder.encode(value))


def decode_request(line: bytes) -> AnyRequest:
    """The request in one line. Raises `msgspec.MsgspecError` if it is none."""
    return _requests.decode(line)


def decode_message(line: bytes) -> AnyMessage:
    """The engine's message in one line. Raises `msgspec.MsgspecError` if it is none."""
    return _messages.decode(line)


def decode_result(request: type[Request], value: msgspec.Raw) -> Result:
    """The typed result of `request` in an `Ok` or `Partial`."""
    return msgspec.json.decode(value, type=RESULTS[request])
