"""The front matter of a note as a few lines to read."""

import re

_LONGEST = 200
_MOST = 12
_PAIR = re.compile(r"([\w가-힣][\w가-힣 .-]{0,60})[ \t]*[:=][ \t]*(.*)")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")
_SHOWN_ELSEWHERE = {"title", "tags", "tag", "aliases", "alias", "cssclass", "cssclasses"}


def properties(front: str) -> list[tuple[str, str]]:
    """Names and values of the simple fields; what the reader shows elsewhere is left out.

    `front` is what stands between the fences. Only lines of the outermost level are read.
    """
    found: dict[str, list[str]] = {}
    key = ""
    for line in front.splitlines():
        pair, item = _PAIR.fullmatch(line), _ITEM.fullmatch(line)
        if pair and not line[0].isspace():
            key = pair[1].strip()
            value = _bare(pair[2])
            found[key] = [value] if value else []
        elif item and key:
            found[key].append(_bare(item[1]))
    shown = ((name, ", ".join(filter(None, values))) for name, values in found.items())
    return [
        (name, value[:_LONGEST])
        for name, value in shown
        if value and name.casefold() not in _SHOWN_ELSEWHERE
    ][:_MOST]


def _bare(value: str) -> str:
    value = value.strip().removeprefix("[").removesuffix("]") if "[[" not in value else value
    parts = [part.strip().strip("\"'") for part in value.split(",")]
    return ", ".join(filter(None, parts)).replace("[[", "").replace("]]", "")
