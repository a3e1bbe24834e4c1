"""Text in one case, for comparing texts as they stand."""


def folded(text: str) -> str:
    """In one case. All forms of i are the same to regular expressions, not to `casefold`."""
    return text.casefold().replace("i\u0307", "i").replace("ı", "i")
