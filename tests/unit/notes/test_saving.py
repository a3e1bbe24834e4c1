import errno
import os
import stat
import unicodedata
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from fakes import Folder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notesai.errors import SaveError, VaultError
from notesai.notes import file_writing
from notesai.notes.formats import decode
from notesai.notes.hashing import content_hash
from notesai.notes.saving import create, save, save_beside, seen_hash

NOON = datetime(2026, 3, 14, 12, 0)
POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX only")


@pytest.fixture
def vault(folder: Folder) -> Path:
    return folder.path


def seen(file: Path) -> str:
    data = file.read_bytes()
    return seen_hash(data, decode(data))


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def put(vault: Path, name: str, data: bytes) -> Path:
    file = vault / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(SaveError) as caught:
        action()
    assert caught.value.message and caught.value.hint
    return caught.value.code


def test_a_note_is_written_and_can_be_saved_again(vault: Path) -> None:
    file = put(vault, "a/note.md", b"old\n")
    first = save(vault, "a/note.md", "new\n", seen(file))
    assert file.read_bytes() == b"new\n"
    assert first.seen == seen(file) and not first.recoded and not first.rescued
    save(vault, "a/note.md", "newer\n", first.seen)
    assert file.read_bytes() == b"newer\n"
    assert names(vault / "a") == ["note.md"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"\xef\xbb\xbfold\r\n", "\ufeff새 글\r\nline\r\n".encode()),
        ("옛 글입니다. 안녕하세요.\n".encode("cp949"), "새 글\nline\n".encode("cp949")),
        ("\ufeffold\n".encode("utf-16-le"), "\ufeff새 글\nline\n".encode("utf-16-le")),
        ("\ufeffold\r\n".encode("utf-16-be"), "\ufeff새 글\r\nline\r\n".encode("utf-16-be")),
    ],
)
def test_encoding_mark_and_line_ends_stay(vault: Path, before: bytes, after: bytes) -> None:
    file = put(vault, "note.md", before)
    assert not save(vault, "note.md", "새 글\nline\n", seen(file)).recoded
    assert file.read_bytes() == after


def test_what_the_encoding_cannot_hold_becomes_utf8(vault: Path) -> None:
    file = put(vault, "note.txt", "한글 메모입니다.".encode("cp949"))
    assert save(vault, "note.txt", "한글 😀", seen(file)).recoded
    assert file.read_bytes() == "한글 😀".encode()


def test_a_file_with_bytes_that_are_no_text_is_not_written(vault: Path) -> None:
    data = "가나다라마바사아자차카타파하 ".encode() * 3 + b"\xff"
    file = put(vault, "note.md", data)
    assert seen(file) == ""
    assert code_of(lambda: save(vault, "note.md", "x", content_hash(data))) == "save.not_text"
    assert file.read_bytes() == data


def test_a_change_that_was_not_seen_is_never_overwritten(vault: Path) -> None:
    file = put(vault, "note.md", b"old")
    known = seen(file)
    file.write_bytes(b"theirs")
    assert code_of(lambda: save(vault, "note.md", "mine", known)) == "save.conflict"
    assert file.read_bytes() == b"theirs"
    assert names(vault) == ["note.md"]


def test_a_change_while_the_new_text_is_written_is_not_overwritten(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put(vault, "note.md", b"old")
    known, fsync = seen(file), os.fsync

    def meanwhile(handle: int) -> None:
        file.write_bytes(b"theirs")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", meanwhile)
    assert code_of(lambda: save(vault, "note.md", "mine", known)) == "save.conflict"
    assert file.read_bytes() == b"theirs"
    assert names(vault) == ["note.md"]


@POSIX
def test_a_change_at_the_very_moment_of_the_rename_is_kept_beside(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put(vault, "note.md", b"old")
    known, rename = seen(file), Path.replace

    def late(made: Path, target: Path) -> Path:
        target.write_bytes(b"theirs")
        return rename(made, target)

    monkeypatch.setattr(Path, "replace", late)
    saved = save(vault, "note.md", "mine", known)
    assert file.read_bytes() == b"mine"
    assert saved.rescued.startswith("note (conflict ")
    assert (vault / saved.rescued).read_bytes() == b"theirs"


@POSIX
def test_rights_and_links_stay(vault: Path) -> None:
    file = put(vault, "deep/note.md", b"old")
    file.chmod(0o640)
    (vault / "link.md").symlink_to("deep/note.md")
    save(vault, "link.md", "new", seen(file))
    assert (vault / "link.md").is_symlink()
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@POSIX
def test_nothing_is_written_outside(vault: Path, tmp_path: Path) -> None:
    outside = put(tmp_path, "outside.md", b"old")
    (vault / "link.md").symlink_to(outside)
    for path in ("link.md", "../outside.md", "..", "."):
        assert code_of(lambda path=path: save(vault, path, "x", seen(outside))) == "save.outside"
    assert code_of(lambda: create(vault, "..", "x")) == "save.outside"
    assert outside.read_bytes() == b"old"


def test_a_name_in_another_unicode_form_is_the_same_note(vault: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "한글/노트.md")
    file = put(vault, decomposed, b"old")
    save(vault, "한글/노트.md", "new", seen(file))
    assert file.read_bytes() == b"new"
    assert len(list(vault.rglob("*.md"))) == 1


def test_a_read_only_file_stays(vault: Path) -> None:
    file = put(vault, "note.md", b"old")
    file.chmod(0o444)
    assert code_of(lambda: save(vault, "note.md", "new", seen(file))) == "save.read_only"
    assert file.read_bytes() == b"old"


def test_a_note_that_is_gone_can_be_made_again(vault: Path) -> None:
    file = put(vault, "a/note.md", b"old")
    known = seen(file)
    file.unlink()
    assert code_of(lambda: save(vault, "a/note.md", "mine", known)) == "save.gone"
    assert save(vault, "a/note.md", "mine", "").seen == seen(file)
    assert code_of(lambda: save(vault, "a/note.md", "other", "")) == "save.exists"
    assert file.read_bytes() == b"mine"
    file.unlink()
    file.parent.rmdir()
    assert code_of(lambda: save(vault, "a/note.md", "mine", known)) == "save.folder_gone"
    assert code_of(lambda: save(vault, "a/note.md", "mine", "")) == "save.folder_gone"
    vault.rmdir()
    with pytest.raises(VaultError):
        save(vault, "a/note.md", "mine", known)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "save.disk_full"),
        (errno.EDQUOT, "save.disk_full"),
        (errno.EROFS, "save.no_permission"),
        (errno.EIO, "save.failed"),
    ],
)
def test_a_failing_disk_leaves_the_old_text(
    vault: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    file = put(vault, "note.md", b"old")

    def fail(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    assert code_of(lambda: save(vault, "note.md", "new", seen(file))) == code
    assert code_of(lambda: create(vault, "", "title")) == code
    assert file.read_bytes() == b"old"
    assert names(vault) == ["note.md"]


def test_the_other_version_goes_beside_and_never_over_another(vault: Path) -> None:
    put(vault, "a/note.md", "그들의 글입니다. 안녕하세요.\r\n".encode("cp949"))
    first = save_beside(vault, "a/note.md", "내 글\n", NOON)
    second = save_beside(vault, "a/note.md", "내 글 2\n", NOON)
    assert first.path == "a/note (conflict 2026-03-14 1200).md"
    assert second.path == "a/note (conflict 2026-03-14 1200) 2.md"
    assert (vault / first.path).read_bytes() == "내 글\r\n".encode("cp949")
    assert save_beside(vault, "a/gone.md", "x", NOON).path.startswith("a/gone (conflict")


def test_a_new_note_has_its_title_as_heading_and_a_free_name(vault: Path) -> None:
    (vault / "폴더").mkdir()
    first = create(vault, "폴더", "  C#:  새 노트 ")
    assert first.path == "폴더/C 새 노트.md"
    assert (vault / first.path).read_text("utf-8") == "# C#: 새 노트\n\n"
    assert first.seen == seen(vault / first.path)
    assert create(vault, "폴더", "C#: 새 노트").path == "폴더/C 새 노트 2.md"
    assert create(vault, "", "").path == "note.md"
    assert code_of(lambda: create(vault, "gone", "x")) == "save.folder_gone"


def test_a_disk_without_hard_links_serves_too(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_link(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no hard links")

    monkeypatch.setattr(os, "link", no_link)
    assert create(vault, "", "one").path == "one.md"
    with pytest.raises(FileExistsError):
        file_writing.write_new(vault / "one.md", b"other")
    assert names(vault) == ["one.md"]


def test_what_a_crash_left_is_removed_after_an_hour(vault: Path) -> None:
    old = put(vault, f"{file_writing.PREFIX}{'0' * 16}", b"half")
    fresh = put(vault, f"{file_writing.PREFIX}{'1' * 16}", b"half")
    os.utime(old, (1, 1))
    create(vault, "", "new")
    assert names(vault) == [fresh.name, "new.md"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    before=st.text(alphabet="ab\r\n\t 가나é😀", max_size=30),
    after=st.text(alphabet="ab\n\t 가나é😀", max_size=30),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp949"]),
)
def test_what_is_saved_is_what_is_read(vault: Path, before: str, after: str, encoding: str) -> None:
    file = put(vault, "any.md", before.encode(encoding, "ignore"))
    known = seen(file)
    if known:
        save(vault, "any.md", after, known)
        text = decode(file.read_bytes())
        assert text.replace("\r\n", "\n").replace("\r", "\n") == after
