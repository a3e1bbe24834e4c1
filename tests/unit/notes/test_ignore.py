import logging
import os
import shutil
import subprocess
import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notesai.notes.ignore import IgnoreRules
from notesai.notes.scanner import scan
from notesai.progress import Silent


def notes(vault: Path, *patterns: str) -> set[str]:
    """The notes of `vault` under the rules in it and `patterns` of the settings."""
    return set(scan(vault, IgnoreRules(patterns), max_bytes=1 << 20, progress=Silent()).files)


def fill(vault: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = vault / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_hidden_things_and_node_modules_are_never_looked_into(tmp_path: Path) -> None:
    fill(
        tmp_path,
        {
            "a.md": "",
            ".b.md": "",
            "._a.md": "",
            ".obsidian/c.md": "",
            ".trash/d.md": "",
            "deep/.git/e.md": "",
            "deep/node_modules/f.md": "",
            "deep/node_modules.md": "",
            ".notesignore": "!.obsidian/\n!node_modules/\n!.b.md\n",
        },
    )
    assert notes(tmp_path) == {"a.md", "deep/node_modules.md"}


def test_ignore_files_hold_at_their_own_depth(tmp_path: Path) -> None:
    fill(
        tmp_path,
        {
            "sub/.gitignore": "/top.md\nold/\n*.txt\n",
            "top.md": "",
            "sub/top.md": "",
            "sub/deep/top.md": "",
            "sub/old/a.md": "",
            "sub/deep/old/a.md": "",
            "old/a.md": "",
            "sub/a.txt": "",
            "a.txt": "",
        },
    )
    assert notes(tmp_path) == {"top.md", "sub/deep/top.md", "old/a.md", "a.txt"}


@pytest.mark.parametrize("name", [".gitignore", ".notesignore"])
def test_the_deeper_file_takes_back_what_the_upper_says(tmp_path: Path, name: str) -> None:
    fill(
        tmp_path,
        {
            name: "*.txt\n",
            f"sub/{name}": "!keep.txt\n",
            "sub/keep.txt": "",
            "keep.txt": "",
        },
    )
    assert notes(tmp_path) == {"sub/keep.txt"}


def test_notesignore_outranks_gitignore_and_settings_outrank_both(tmp_path: Path) -> None:
    fill(
        tmp_path,
        {
            ".gitignore": "",
            ".notesignore": "!private/\nlogs/\n",
            "sub/.gitignore": "private/\n",
            "sub/private/diary.md": "",
            "logs/a.md": "",
            "drafts/a.md": "",
        },
    )
    assert notes(tmp_path) == {"sub/private/diary.md", "drafts/a.md"}
    assert notes(tmp_path, "drafts/", "!logs/") == {"sub/private/diary.md", "logs/a.md"}


def test_nothing_below_an_ignored_folder_comes_back(tmp_path: Path) -> None:
    fill(tmp_path, {".gitignore": "old/\n!old/keep.md\n", "old/keep.md": "", "a.md": ""})
    assert notes(tmp_path) == {"a.md"}


def test_taking_back_a_folder_takes_back_nothing_in_it(tmp_path: Path) -> None:
    fill(
        tmp_path,
        {
            ".gitignore": "*.txt\nold/\n",
            ".notesignore": "!old/\n",
            "old/a.txt": "",
            "old/a.md": "",
        },
    )
    assert notes(tmp_path) == {"old/a.md"}


def test_korean_patterns_match_in_either_unicode_form(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "비밀")
    fill(tmp_path, {".notesignore": f"{decomposed}/\n보관*\n", "비밀/a.md": "", "공개/a.md": ""})
    fill(tmp_path, {unicodedata.normalize("NFD", "보관함.md"): "", "글.md": ""})
    assert notes(tmp_path) == {"공개/a.md", "글.md"}


def test_windows_lines_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes("\ufeffone.md\r\n# two.md\r\n\r\nthree.md\r\n".encode())
    fill(tmp_path, {"one.md": "", "two.md": "", "three.md": ""})
    assert notes(tmp_path) == {"two.md"}


def test_a_line_that_is_no_pattern_is_logged_and_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fill(tmp_path, {".gitignore": "!\n//\nb.md\n", "a.md": "", "b.md": ""})
    with caplog.at_level(logging.WARNING):
        assert notes(tmp_path, "///") == {"a.md"}
    assert "pattern left out" in caplog.text


def test_an_ignore_file_that_is_no_file_is_as_if_empty(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / ".notesignore")  # reading it would wait for ever
    fill(tmp_path, {"a.md": ""})
    assert notes(tmp_path) == {"a.md"}


def test_a_changed_ignore_file_is_read_again(tmp_path: Path) -> None:
    fill(tmp_path, {".notesignore": "a.md\n", "a.md": "", "b.md": ""})
    rules = IgnoreRules()

    def now() -> set[str]:
        return set(scan(tmp_path, rules, max_bytes=1, progress=Silent()).files)

    assert now() == {"b.md"}
    (tmp_path / ".notesignore").write_text("# none\nb.md\n", encoding="utf-8")
    assert now() == {"a.md"}
    (tmp_path / ".notesignore").unlink()
    assert now() == {"a.md", "b.md"}


_PATTERNS = st.lists(
    st.tuples(
        st.sampled_from(["", "", "", "!"]),
        st.sampled_from(["", "", "/", "a/", "**/", "*/"]),
        st.sampled_from(
            ["a", "b", "*", "a*", "?", "[ab]", "c.md", "*.md", "a/b", "b/**", "**/c.md"]
        ),
        st.sampled_from(["", "", "/"]),
    ).map("".join),
    max_size=4,
)
_FILES = [f"{a}{b}{c}.md" for a in ("", "a/", "b/") for b in ("", "a/", "b/") for c in "abc"]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is the judge here")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(top=_PATTERNS, below=_PATTERNS)
def test_gitignore_means_what_it_means_to_git(top: list[str], below: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder)
        fill(vault, dict.fromkeys(_FILES, ""))
        fill(vault, {".gitignore": "\n".join(top), "a/.gitignore": "\n".join(below)})
        quiet = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        subprocess.run(["git", "init", "-q", folder], check=True, env=quiet)
        told = subprocess.run(
            ["git", "-C", folder, "ls-files", "-o", "--exclude-standard"],
            check=True,
            env=quiet,
            capture_output=True,
            text=True,
        )
        expected = {line for line in told.stdout.splitlines() if line.endswith(".md")}
        assert notes(vault) == expected
