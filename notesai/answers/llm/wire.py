"""What the engine and the process of a language model say to each other: JSON, one object a line.

Each request is answered by any number of `progress` and `piece` and exactly one of the others.
"""

import msgspec

from notesai.answers.llama import Message


class ToModel(msgspec.Struct, frozen=True, kw_only=True, tag_field="do"):
    """Base of all requests."""

    id: int


class Load(ToModel, frozen=True, kw_only=True, tag="load"):
    """Load the model; comes first. A `context` of 0 is chosen by the memory that there is."""

    path: str
    context: int = 0
    threads: int = 1


class Count(ToModel, frozen=True, kw_only=True, tag="count"):
    """Count the tokens of texts."""

    texts: tuple[str, ...]


class Render(ToModel, frozen=True, kw_only=True, tag="render"):
    """Put messages into the model's chat template."""

    messages: tuple[Message, ...]


class Generate(ToModel, frozen=True, kw_only=True, tag="generate"):
    """Go on with the conversation; `grammar` is GBNF, empty for none, `seed` -1 for a new one."""

    messages: tuple[Message, ...]
    max_tokens: int
    threads: int = 1
    temperature: float = 0.0
    grammar: str = ""
    seed: int = -1


class Stop(ToModel, frozen=True, kw_only=True, tag="stop"):
    """Give up the request of this id, begun or not."""


AnyRequest = Load | Count | Render | Generate | Stop


class FromModel(msgspec.Struct, frozen=True, kw_only=True, tag_field="say"):
    """Base of all that the process writes; `id` is that of the request."""

    id: int


class Advance(FromModel, frozen=True, kw_only=True, tag="progress"):
    """How far a phase is."""

    phase: str
    done: int
    total: int


class Piece(FromModel, frozen=True, kw_only=True, tag="piece"):
    """The next characters of the answer."""

    text: str


class Loaded(FromModel, frozen=True, kw_only=True, tag="loaded"):
    """The model is ready; `gpu_layers` of it lie on a graphics processor.

    `speed` is how many tokens of a prompt it reads in a second, tried on a few.
    """

    context: int
    speed: float
    name: str
    gpu_layers: int


class Counted(FromModel, frozen=True, kw_only=True, tag="counted"):
    """Tokens of each text."""

    tokens: tuple[int, ...]


class Rendered(FromModel, frozen=True, kw_only=True, tag="rendered"):
    """The prompt, and how many tokens it is."""

    text: str
    tokens: int


class Finished(FromModel, frozen=True, kw_only=True, tag="finished"):
    """The answer ended: "end" (the model did), "length", "stopped" (it was asked to).

    `reused` tokens of the prompt were known from the answer before; `speed` is what reading the
    others says of the tokens read in a second.
    """

    reason: str
    prompt_tokens: int = 0
    reused: int = 0
    tokens: int = 0
    speed: float = 0.0


class Failed(FromModel, frozen=True, kw_only=True, tag="failed"):
    """The request failed; as in `ModelError`."""

    code: str
    message: str
    hint: str = ""


AnyReply = Advance | Piece | Loaded | Counted | Rendered | Finished | Failed

_encoder = msgspec.json.Encoder()
_requests: msgspec.json.Decoder[AnyRequest] = msgspec.json.Decoder(AnyRequest)
_replies: msgspec.json.Decoder[AnyReply] = msgspec.json.Decoder(AnyReply)


def encode(line: ToModel | FromModel) -> bytes:
    """One line, newline included."""
    return _encoder.encode(line) + b"\n"


def request(line: bytes) -> AnyRequest:
    """The request in a line. Raises `msgspec.MsgspecError`."""
    return _requests.decode(line)


def reply(line: bytes) -> AnyReply:
    """The reply in a line. Raises `msgspec.MsgspecError`."""
    return _replies.decode(line)
