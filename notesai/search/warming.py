"""Reading ahead of the first search what each search needs, and only the first would wait for."""

from collections.abc import Callable

from notesai.index.store import Store
from notesai.search.calibration import calibration
from notesai.search.filters import facets


def warm(store: Store, check: Callable[[], None]) -> None:
    """Have it in memory; seconds for 100,000 chunks the first time, then as long as what is new.

    `check` may raise `Cancelled`.
    """
    facets(store.notebook()).warm()
    store.read_lexicon(check)
    store.vocabulary(check=check).hangul_words()
    check()
    calibration(store)
