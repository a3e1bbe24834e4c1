import pytest

from notesai.errors import Cancelled, StoreError
from notesai.index.failures import translated


class PanicException(BaseException):
    """As native code raises it."""


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(28, "No space left on device"), "index.disk_full"),
        (RuntimeError("lance error: IO: No space left on device (os error 28)"), "index.disk_full"),
        (PermissionError(13, "Permission denied"), "index.no_permission"),
        (OSError("Generic: Permission denied (os error 13)"), "index.no_permission"),
        (OSError(30, "Read-only file system"), "index.no_permission"),
        (
            RuntimeError("lance error: IO: Read-only file system (os error 30)"),
            "index.no_permission",
        ),
        (ValueError("Invalid user input: not a lance file\nmore"), "index.corrupt"),
        (PanicException("index out of bounds"), "index.corrupt"),
    ],
)
def test_what_happened_what_is_safe_what_to_do(error: BaseException, code: str):
    with pytest.raises(StoreError) as caught, translated():
        raise error
    assert caught.value.code == code
    assert "notes are safe" in caught.value.hint
    assert "\n" not in caught.value.message


def test_where_in_its_code_the_library_failed_is_not_said():
    told = "lance error: LanceError(IO): No space left (os error 28), /a/src/writer.rs:258:9"
    with pytest.raises(StoreError) as caught, translated():
        raise RuntimeError(told)
    assert "(os error 28))" in caught.value.message
    assert ".rs" not in caught.value.message


def test_expected_failures_and_interrupts_pass_unchanged():
    with pytest.raises(Cancelled), translated():
        raise Cancelled()
    with pytest.raises(KeyboardInterrupt), translated():
        raise KeyboardInterrupt
