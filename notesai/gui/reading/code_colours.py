"""Code in the colours of its language, as spans whose classes the note's style sheet knows."""

from html import escape
from typing import Any, cast

LONGEST = 20_000
"""Longer pieces of code stay plain: some lexers take their time."""

LONGEST_LINE = 1_000
"""So does code with a longer line: it is data, or made for machines, and has a token everywhere."""

_CLASSES = (
    ("Comment", "comment"),
    ("Keyword", "word"),
    ("Operator.Word", "word"),
    ("Name.Tag", "word"),
    ("Literal.String", "string"),
    ("Literal.Number", "number"),
    ("Name.Function", "name"),
    ("Name.Class", "name"),
    ("Name.Attribute", "name"),
    ("Generic.Deleted", "string"),
    ("Generic.Inserted", "word"),
)


def coloured(code: str, language: str) -> str:
    """`code` as HTML, all of its text escaped; plain if `language` is not known."""
    lexer = _lexer(language) if _is_for_people(code) else None
    if lexer is None:
        return escape(code)
    parts: list[str] = []
    size = 0
    for _, kind, text in lexer.get_tokens_unprocessed(code):
        name = _class_of(str(kind))
        shown = escape(text)
        parts.append(f'<span class="{name}">{shown}</span>' if name and text.strip() else shown)
        size += len(text)
    return "".join(parts) if size == len(code) else escape(code)


def _is_for_people(code: str) -> bool:
    if len(code) > LONGEST:
        return False
    return len(code) <= LONGEST_LINE or max(map(len, code.split("\n"))) <= LONGEST_LINE


def _lexer(language: str) -> Any:
    if not language or language == "text":
        return None
    # Not at the top: a window without code never needs it.
    from pygments import lexers
    from pygments.util import ClassNotFound

    try:
        return cast(Any, lexers).get_lexer_by_name(language)
    except ClassNotFound:
        return None


def _class_of(kind: str) -> str:
    """The class for a kind of token, whose name is such as "Token.Literal.String.Double"."""
    name = kind.removeprefix("Token.")
    return next((short for prefix, short in _CLASSES if name.startswith(prefix)), "")
