"""Keeping the tables of an index in shape: what grows untidy, and tidying it."""

# LanceDB and pyarrow ship no complete type information.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false

import datetime
from typing import Any

from notesai.index import failures, lance
from notesai.index.pair import Pair
from notesai.index.vector_build import VectorCare

_KEEP_VERSIONS = datetime.timedelta(minutes=5)
"""How long a reader in another process may go on with a version that was replaced."""

UNINDEXED = 200
"""Chunks outside the lexical index from which tidying pays."""

SCATTERED = 30
"""Files of one table from which tidying pays: each edit adds some, and each slows searches down."""

OUTLIVED = 200
"""Old versions of one table from which tidying pays: an edit leaves four, and files with each.

One note that is edited all day scatters nothing, but looking for the newest version takes longer
the more there are.
"""


class Cared(Pair):
    """A pair of tables that can be tidied, by its one writer."""

    def __init__(self, notes: Any, chunks: Any) -> None:
        super().__init__(notes, chunks)
        self._vector_care = VectorCare(chunks)

    def count_chunks(self, *, pending: bool = False) -> int:
        """Number of chunks, or of those that wait for their vector."""
        with failures.translated():
            return int(self._chunks.count_rows("vector IS NULL" if pending else None))

    def unindexed(self) -> int:
        """Number of chunks that word search has to read one by one; grows until `optimise`."""
        with failures.translated():
            stats = self._chunks.index_stats("terms_idx")
            return int(stats.num_unindexed_rows) if stats else self.count_chunks()

    def build_lexical_index(self) -> None:
        """Make the lexical indexes that do not exist yet."""
        with failures.translated():
            for table in (self._chunks, self._notes):
                if table.index_stats("terms_idx") is None:
                    table.create_index("terms", config=lance.lexical_index())

    def optimise(self) -> None:
        """Join small fragments, bring all indexes up to date, forget old versions.

        Not while a vector index is being made: it could not be put over fragments that are gone.
        """
        self.build_lexical_index()
        if self._vector_care.being_made:
            return
        with failures.translated():
            for table in (self._chunks, self._notes):
                table.optimize(cleanup_older_than=_KEEP_VERSIONS)

    def stored_bytes(self) -> int:
        """What both tables and their indexes take up."""
        with failures.translated():
            return sum(_stat(t.stats(), "total_bytes") for t in (self._chunks, self._notes))

    def is_untidy(self) -> bool:
        """Whether `optimise` pays."""
        if self.unindexed() > UNINDEXED:
            return True
        with failures.translated():
            tables = (self._chunks, self._notes)
            return any(_fragments(t) > SCATTERED or _outlived(t) > OUTLIVED for t in tables)

    @property
    def vector_care(self) -> VectorCare:
        """What makes the vector index; for the writer."""
        return self._vector_care

    def has_lexical_index(self) -> bool:
        """Whether both tables have their lexical index."""
        with failures.translated():
            return all(table.index_stats("terms_idx") for table in (self._chunks, self._notes))


def _fragments(table: Any) -> int:
    """Files that a table consists of; grows until `optimise`."""
    return int(_stat(_stat(table.stats(), "fragment_stats"), "num_fragments"))


def _outlived(table: Any) -> int:
    """Versions that `optimise` would forget; their times are local ones without a zone."""
    until = datetime.datetime.now() - _KEEP_VERSIONS
    return sum(version["timestamp"] < until for version in table.list_versions())


def _stat(stats: Any, name: str) -> Any:
    # Declared as a dataclass, but a dictionary is what comes in LanceDB 0.40.
    return stats[name] if isinstance(stats, dict) else getattr(stats, name)
