"""What a service says itself of a request that it refused."""

import json
import os
from typing import Any, cast

_LONGEST = 300


def said(body: bytes, key_variable: str) -> str:
    """A sentence with what the answer `body` says, to be put behind others; empty if nothing.

    The key in the environment variable of that name, should the service repeat it, is left out.
    """
    try:
        content: Any = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    for name in ("error", "message"):
        if isinstance(content, dict):
            table = cast("dict[str, Any]", content)
            content = table.get(name, table)
    text = " ".join(content.split()) if isinstance(content, str) else ""
    if key := os.environ.get(key_variable or "-", "").strip():
        # Before the rest is cut off: a part of it would not be recognised.
        text = text.replace(key, "…")
    return f" It says: {text[:_LONGEST]}" if text else ""
