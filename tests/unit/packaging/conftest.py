"""A checkout whose interpreters are scripts that note what they are asked to do."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PACKAGING = Path(__file__).resolve().parents[3] / "packaging"
sys.path.insert(0, str(PACKAGING))

PROJECT = """
[project]
name = "notesai"
dependencies = ["numpy"]

[tool.ruff]
line-length = 100
"""

# Stands in for the interpreter of .venv. What it answers can be changed through its variables.
INNER = """#!/bin/sh
echo "$*" >> "$CALLS"
case "$*" in
*pip.__version__*) echo "${VERSION:-3 12 26 1}"; exit "${STARTS:-0}" ;;
*"pip "*" install "*) echo "$PIP_SAYS"; exit "${PIP_EXIT:-0}" ;;
*--json*) echo '{"hits": [{"path": "여행/Jeju.md"}]}'; exit "${SEARCH_EXIT:-0}" ;;
*paths.home*) echo "$PLACES" ;;
*"notesai index"*) exit "${INDEX_EXIT:-0}" ;;
*"notesai ask"*) exit "${ASK_EXIT:-0}" ;;
*" ruff check"*) echo "ruff speaks"; exit 1 ;;
*" pytest"*) echo "== 7 passed in 0.10s ==" ;;
esac
"""

PLACES = {
    "index": "/i",
    "logs": "/l",
    "settings": "/s",
    "data": "/d",
    "config": "/c",
    "cache": "/d",
}

# Stands in for the interpreter that runs dev.py: all that is asked of it is a virtual environment.
OUTER = """#!/bin/sh
echo "$*" >> "$CALLS"
mkdir -p "$3/bin"
cp "$INNER" "$3/bin/python"
printf '#!/bin/sh\\necho "lint-imports $*" >> "$CALLS"\\n' > "$3/bin/lint-imports"
chmod +x "$3/bin/lint-imports"
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if sys.platform == "win32":
        pytest.skip("the stand-ins are shell scripts")
    inner, outer, folder = tmp_path / "inner", tmp_path / "outer", tmp_path / "checkout"
    for file, text in ((inner, INNER), (outer, OUTER)):
        file.write_text(text, "utf-8")
        file.chmod(0o755)
    folder.mkdir()
    (folder / "pyproject.toml").write_text(PROJECT, "utf-8")
    (folder / "resources" / "sample-vault").mkdir(parents=True)
    (tmp_path / "calls").touch()
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    monkeypatch.setenv("PLACES", json.dumps(PLACES))
    monkeypatch.setenv("INNER", str(inner))
    monkeypatch.setattr(sys, "_base_executable", str(outer), raising=False)
    return folder


@pytest.fixture
def calls(tmp_path: Path) -> Callable[[], list[str]]:
    """What the stand-ins were asked since the last look."""
    file = tmp_path / "calls"

    def take() -> list[str]:
        lines = file.read_text("utf-8").splitlines()
        file.write_text("", "utf-8")
        return lines

    return take
