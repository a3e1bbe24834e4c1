import os
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scanning import MIB, deny, look, look_at, put

from notesai.errors import Cancelled, VaultError
from notesai.notes.ignore import IgnoreRules
from notesai.notes.scanner import FileState, Scan, check_vault, scan, stat_note
from notesai.notes.walk import LEAVES_VAULT, NOT_UTF8
from notesai.progress import Task

linux = pytest.mark.skipif(
    sys.platform != "linux", reason="needs a file system that takes any name"
)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    path = tmp_path / "vault"
    path.mkdir()
    return path


# What a vault is


def test_a_vault_is_absolute_and_without_links(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (vault.parent / "link").symlink_to(vault)
    monkeypatch.chdir(vault.parent)
    assert check_vault(Path("link")) == vault.resolve()


@pytest.mark.parametrize("name", ["nowhere", "file.md/inside", "loop", "zero\0byte", "x" * 300])
def test_what_is_not_there_is_no_vault(tmp_path: Path, name: str) -> None:
    put(tmp_path, "file.md")
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(VaultError) as caught:
        check_vault(tmp_path / name)
    assert caught.value.code in {"vault.missing", "vault.not_a_folder"}
    assert "untouched" in caught.value.hint


def test_a_file_is_no_vault(tmp_path: Path) -> None:
    put(tmp_path, "file.md")
    with pytest.raises(VaultError) as caught:
        check_vault(tmp_path / "file.md")
    assert caught.value.code == "vault.not_a_folder"


def test_a_folder_that_may_not_be_read_is_no_vault(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deny(monkeypatch, vault, error=PermissionError)
    with pytest.raises(VaultError) as caught:
        check_vault(vault)
    assert caught.value.code == "vault.no_permission"
    assert "untouched" in caught.value.hint


@linux
def test_messages_can_be_printed_whatever_the_name(tmp_path: Path) -> None:
    with pytest.raises(VaultError) as caught:
        check_vault(tmp_path / "caf\udce9")
    assert caught.value.message.encode()


# What is a note


def test_notes_are_told_by_suffix_in_any_case(vault: Path) -> None:
    put(vault, "a.md", "b.MD", "c.markdown", "d.txt", "e.org", "deep/er/f.rst", "g.text")
    put(vault, "h.png", "md", "i.md.bak", "j.md~", "k.")
    (vault / "folder.md").mkdir()
    put(vault, "folder.md/inside.md")
    assert set(look(vault).files) == {
        *("a.md", "b.MD", "c.markdown", "d.txt", "e.org", "deep/er/f.rst", "g.text"),
        "folder.md/inside.md",
    }


def test_state_is_that_of_the_file(vault: Path) -> None:
    put(vault, "sub/a.md", text="12345")
    os.utime(vault / "sub/a.md", ns=(5, 1_700_000_000_123_456_789))
    state = look(vault).files["sub/a.md"]
    assert state == FileState("sub/a.md", "sub/a.md", state.mtime_ns, 5)
    assert state.mtime_ns == (vault / "sub/a.md").stat().st_mtime_ns


def test_an_empty_vault_has_no_notes(vault: Path) -> None:
    assert look(vault) == Scan()


def test_large_files_are_skipped_and_told(vault: Path) -> None:
    put(vault, "small.md", text="x" * 100)
    put(vault, "large.md", text="x" * 101)
    found = look(vault, max_bytes=100)
    assert set(found.files) == {"small.md"}
    assert "larger than the limit" in found.skipped["large.md"]
    assert found.covers("large.md")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_what_is_not_a_plain_file_is_no_note(vault: Path) -> None:
    os.mkfifo(vault / "pipe.md")
    put(vault, "a.md")
    (vault / "to_pipe.md").symlink_to("pipe.md")
    assert set(look(vault).files) == {"a.md"}


# Names


@linux
def test_names_in_nfd_are_the_same_note_in_nfc(vault: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "한글/메모.md")
    put(vault, decomposed)
    found = look(vault)
    assert found.files["한글/메모.md"].disk_path == decomposed
    assert (vault / found.files["한글/메모.md"].disk_path).is_file()
    assert look_at(vault, "한글/메모.md").files == found.files


@linux
def test_of_two_forms_of_a_name_the_composed_one_is_the_note(vault: Path) -> None:
    composed, decomposed = "각.md", unicodedata.normalize("NFD", "각.md")
    put(vault, composed, text="new")
    put(vault, decomposed, text="older")
    found = look(vault)
    assert found.files["각.md"].disk_path == composed
    assert composed in found.skipped[decomposed]
    assert look_at(vault, composed) == found


@linux
def test_folders_in_two_forms_hold_their_notes_together(vault: Path) -> None:
    put(vault, "각/a.md", unicodedata.normalize("NFD", "각") + "/b.md")
    found = look(vault)
    assert set(found.files) == {"각/a.md", "각/b.md"}
    assert look_at(vault, "각/a.md", "각/b.md").files == found.files


@linux
def test_names_that_are_not_utf8_are_skipped_with_the_reason(vault: Path) -> None:
    put(vault, "a.md", "caf\udce9.md", "b\udcff/c.md", "d\udcff.png")
    found = look(vault)
    assert set(found.files) == {"a.md"}
    assert set(found.skipped.values()) == {NOT_UTF8}
    assert len(found.skipped) == 2
    assert all(path.encode() for path in found.skipped)


# Links


def test_links_that_leave_the_vault_are_not_followed(vault: Path) -> None:
    put(vault.parent, "secret/diary.md")
    put(vault.parent, "vault-two/a.md")
    (vault / "out").symlink_to("../secret")
    (vault / "out.md").symlink_to("../secret/diary.md")
    (vault / "beside").symlink_to("../vault-two")  # its path begins as the vault's does
    found = look(vault)
    assert not found.files
    assert found.skipped == dict.fromkeys(("out", "out.md", "beside"), LEAVES_VAULT)
    assert stat_note(vault, "out/diary.md", IgnoreRules(), max_bytes=MIB) is None
    assert stat_note(vault, "out.md", IgnoreRules(), max_bytes=MIB) is None


def test_links_never_make_a_note_appear_twice(vault: Path) -> None:
    put(vault, "real/a.md", "real/deep/b.md")
    (vault / "again").symlink_to("real")
    (vault / "real/deep/up").symlink_to("../..")
    (vault / "real/self").symlink_to("self")
    (vault / "b.md").symlink_to("real/deep/b.md")
    (vault / "broken.md").symlink_to("nothing.md")
    (vault / "whole").symlink_to(vault)
    found = look(vault)
    assert set(found.files) == {"real/a.md", "real/deep/b.md"}
    assert set(found.skipped) == {"again", "real/deep/up", "b.md", "whole"}
    assert "real/deep/b.md" in found.skipped["b.md"]
    assert look_at(vault, "again/a.md", "b.md").files == {}


def test_links_lead_to_what_cannot_be_reached_otherwise(vault: Path) -> None:
    put(vault, ".store/a.md", ".store/sub/b.md", "data/c.bin", "ignored/d.md")
    put(vault, ".notesignore", text="ignored/\n")
    (vault / "one").symlink_to(".store")
    (vault / "two").symlink_to(".store")
    (vault / "three").symlink_to(".store/sub")
    (vault / ".store/round").symlink_to("..")
    (vault / "c.md").symlink_to("data/c.bin")
    (vault / "taken").symlink_to("ignored")
    found = look(vault)
    assert set(found.files) == {"one/a.md", "three/b.md", "c.md", "taken/d.md"}
    assert look_at(vault, *found.files).files == found.files


def test_links_are_ignored_by_rule_as_files_are(vault: Path) -> None:
    put(vault, ".store/a.md")
    put(vault, ".notesignore", text="/store/\n*.txt\n")
    (vault / "store").symlink_to(".store")
    (vault / "a.txt").symlink_to(".store/a.md")
    found = look(vault)
    assert not found.files
    assert not found.skipped


# Single notes


def test_one_note_is_looked_at_by_the_same_rules(vault: Path) -> None:
    put(vault, "sub/a.md", "sub/b.txt", ".hidden/c.md", "sub/big.md")
    put(vault, "sub/.gitignore", text="*.txt\n")
    put(vault, "sub/big.md", text="x" * 50)
    rules = IgnoreRules()
    states = {
        path: stat_note(vault, path, rules, max_bytes=49)
        for path in (
            "sub/a.md",
            "sub/b.txt",
            ".hidden/c.md",
            "sub/big.md",
            "sub/none.md",
            "sub",
            "",
        )
    }
    assert {path for path, state in states.items() if state} == {"sub/a.md"}
    found = look_at(vault, "sub/big.md", max_bytes=49)
    assert "larger" in found.skipped["sub/big.md"]


@pytest.mark.parametrize(
    "path", ["../outside.md", "/etc/passwd.md", "sub/../../outside.md", "./a.md"]
)
def test_a_path_never_leads_out_of_the_vault(vault: Path, path: str) -> None:
    put(vault.parent, "outside.md")
    put(vault, "sub/a.md")
    assert not look_at(vault, path).files


def test_progress_is_reported_and_cancels(vault: Path) -> None:
    put(vault, *(f"{n}.md" for n in range(20)))
    steps: list[tuple[str, int, int]] = []
    task = Task(lambda step: steps.append((step.phase, step.done, step.total)))
    scan(vault, IgnoreRules(), max_bytes=MIB, progress=task)
    assert steps[-1] == ("scan", 20, 20)
    task.cancel()
    with pytest.raises(Cancelled):
        scan(vault, IgnoreRules(), max_bytes=MIB, progress=task)


# Properties

_NAMES = st.sampled_from(
    ["a", "b", "각", "é", ".c", "node_modules", "d.md", "e.md", "글.txt", "f.png"]
)
_PATHS = st.lists(_NAMES, min_size=1, max_size=3).map("/".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    files=st.lists(_PATHS, max_size=8),
    links=st.lists(st.tuples(_PATHS, _PATHS), max_size=3),
    ignored=st.lists(_NAMES, max_size=2),
)
def test_looking_at_each_note_finds_what_the_scan_finds(
    tmp_path_factory: pytest.TempPathFactory,
    files: list[str],
    links: list[tuple[str, str]],
    ignored: list[str],
) -> None:
    vault = tmp_path_factory.mktemp("vault")
    (vault / ".notesignore").write_text("\n".join(ignored), encoding="utf-8")
    for name in files:
        try:
            put(vault, name)
        except OSError:  # a file is there where this one wants a folder
            continue
    for name, target in links:
        if not os.path.lexists(vault / name) and (vault / name).parent.is_dir():
            (vault / name).symlink_to(vault / target)
    found = look(vault)
    assert all(unicodedata.is_normalized("NFC", path) for path in found.files)
    assert all((vault / state.disk_path).is_file() for state in found.files.values())
    files_on_disk = [vault / state.disk_path for state in found.files.values()]
    plain = [file.resolve() for file in files_on_disk if not file.is_symlink()]
    assert len(plain) == len(set(plain))
    assert look_at(vault, *found.files).files == found.files
    assert not look_at(vault, *(f"{path}.gone.md" for path in found.files)).files
