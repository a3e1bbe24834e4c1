"""What a model's README says of it in its front matter: licence and languages."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

_MOST_BYTES = 2_000_000
_TOLD_APART = ("en", "ko", "ja", "zh")
"""The languages that notes are told apart by."""

# Front matter lists thousands of benchmark results at times, which YAML reads slowly.
_FACTS = re.compile(r"^(?:license|license_name|language)[ ]*:.*(?:\n[ \t-].*)*", re.MULTILINE)
_MOST_CHARACTERS = 5_000
_MOST_BRACKETS = 4


@dataclass(frozen=True, slots=True)
class Provenance:
    """Licence ("" if unknown) and languages; no language means that none is named."""

    licence: str = ""
    languages: tuple[str, ...] = ()


def told_by(readme: Path) -> Provenance:
    """The facts in the front matter of a model's README; none if it cannot be read."""
    try:
        with readme.open("rb") as file:
            text = file.read(_MOST_BYTES).decode("utf-8", "replace").replace("\r\n", "\n")
        front = text.split("\n---", 1)[0] if text.startswith("---") else ""
        lines = "\n".join(_FACTS.findall(front))[:_MOST_CHARACTERS]
        if lines.count("[") > _MOST_BRACKETS:
            return Provenance()
        facts: Any = yaml.load(lines, Loader=yaml.BaseLoader)
    except (OSError, yaml.YAMLError):
        return Provenance()
    if not isinstance(facts, dict):
        return Provenance()
    table = cast("dict[str, Any]", facts)
    named = _texts(table.get("license_name") or table.get("license"))
    return Provenance(", ".join(named)[:200], _languages(_texts(table.get("language"))))


def _languages(codes: list[str]) -> tuple[str, ...]:
    if "multilingual" in codes:
        return _TOLD_APART
    return tuple(dict.fromkeys(code.lower().split("-")[0] for code in codes))


def _texts(value: Any) -> list[str]:
    values = cast("list[Any]", value) if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str) and one]
