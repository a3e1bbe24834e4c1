import json

import pytest

from notesai.embedding.said import said


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"error": {"message": "No such\\nmodel."}}', " It says: No such model."),
        (b'{"message": "Too many."}', " It says: Too many."),
        (b'"Closed."', " It says: Closed."),
        (b'{"error": 3}', ""),
        (b"<html>", ""),
        (b"[" * 100_000, ""),
    ],
)
def test_what_a_service_says_is_passed_on(body: bytes, expected: str):
    assert said(body, "") == expected


def test_the_key_is_left_out_wherever_the_text_is_cut(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOME_KEY", "sk-0123456789")
    for length in range(280, 310):
        body = json.dumps({"error": "x" * length + " sk-0123456789 is wrong"}).encode()
        assert "sk-0" not in said(body, "SOME_KEY")
        assert "sk-0" not in said(body, "SOME_KEY").replace("…", "")
