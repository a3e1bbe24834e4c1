"""English words that say little of what a text is about.

They are indexed and searched like all others, as BM25 knows how common they are; they are only not
worth a highlight, nor counted as what a question is about.
"""

ENGLISH = frozenset(
    """
    a about again all an and any are as at be been but by can could did do does for from had has
    have how i if in into is it its keep long many me most much my need not of off often on one or
    our out over should so some tell than that the their them then there these they this those to
    up us use used was way we were what when where which who whom whose why will with would you your
        """.split()  # noqa: SIM905 - a list of quoted words would take a page
)


def telling(query: str) -> str:
    """The query without these words; all of it if it has no others."""
    return " ".join(word for word in query.split() if word.lower() not in ENGLISH) or query
