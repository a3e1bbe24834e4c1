import msgspec
import pytest

from notesai.engine import protocol
from notesai.model import Hit, Passage, SearchMode, SearchResult


def test_a_request_is_one_line_and_comes_back_equal():
    request = protocol.Search(id=7, query='줄\n바꿈 "따옴표"', k=3, mode=SearchMode.LEXICAL)
    line = protocol.encode(request)
    assert line.count(b"\n") == 1
    assert protocol.decode_request(line) == request


def test_every_request_has_a_result_type():
    requests = protocol.AnyRequest.__args__
    assert set(protocol.RESULTS) == set(requests)


def test_results_travel_typed():
    passage = Passage("A › B", 3, 10, 14, "text", 0.5, ((0, 2),))
    result = SearchResult("q", 1.5, (Hit("a.md", "A", 0.5, (passage,), ("words",)),))
    line = protocol.encode(protocol.Ok(id=1, value=protocol.raw(result)))
    message = protocol.decode_message(line)
    assert isinstance(message, protocol.Ok)
    assert protocol.decode_result(protocol.Search, message.value) == result


@pytest.mark.parametrize(
    "line", [b"", b"{}", b"[]", b'{"id":1,"method":"x"}', b'{"method":"status"}', b"\xff"]
)
def test_what_is_no_request_is_refused(line: bytes):
    with pytest.raises((msgspec.MsgspecError, UnicodeDecodeError)):
        protocol.decode_request(line)
