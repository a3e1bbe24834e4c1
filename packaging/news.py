#!/usr/bin/env python3
"""What is new in a version, in English and Korean, as Markdown: the notes of a release.

    python3 packaging/news.py 0.1.0

From `resources/changes.toml`, which the settings show too. Exit status 1 if it says nothing of it.
"""

import sys
import tomllib
from pathlib import Path

CHANGES = Path(__file__).resolve().parents[1] / "resources" / "changes.toml"


def news(number: str) -> str:
    """The lists of both languages; empty for a version that the file does not name."""
    known = tomllib.loads(CHANGES.read_text("utf-8"))["version"]
    found = next((version for version in known if version["number"] == number), None)
    if found is None:
        return ""
    lists = ("\n".join(f"- {line}" for line in found[language]) for language in ("en", "ko"))
    return "\n\n".join(lists) + "\n"


def main() -> int:
    """Print it. Returns the exit code."""
    text = news(sys.argv[1]) if len(sys.argv) == 2 else ""
    print(text or "Which version of resources/changes.toml?", end="" if text else "\n")
    return int(not text)


if __name__ == "__main__":
    sys.exit(main())
