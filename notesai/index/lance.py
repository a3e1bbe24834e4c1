"""All that notesai takes from LanceDB by name: connections, queries by word, kinds of index."""

# LanceDB and pyarrow ship no complete type information.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false

import datetime
import os
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from notesai.index import processor
from notesai.index.deferred import defer, defer_classes

# On an older processor importing LanceDB would end the process.
processor.insist()

# Else it warns, at each look at the statistics of a vector index, that it counts the centroids.
os.environ.setdefault("LANCE_INCLUDE_VECTOR_CENTROIDS", "false")

# Most of the time that importing LanceDB takes goes into the REST client of its cloud catalogue,
# and much of what is left into 140 classes of requests to it, of which we use one.
defer("lance_namespace_urllib3_client")
defer_classes("lance_namespace_urllib3_client.models")

import lancedb
from lancedb.index import FTS, HnswSq
from lancedb.query import BooleanQuery, FullTextOperator, MatchQuery, Occur

METADATA_BYTES = 32 << 20
"""What LanceDB may keep in memory of manifests and files: under 8 MiB for 100,000 chunks.

Left alone it keeps up to a gigabyte, and each edit adds 0.12 MB of versions that are gone: 18 MB
more were resident after every hundred edits.
"""

Terms = str | Mapping[str, float]
"""What to look for by word: terms apart by spaces, or each with what it counts, above 0."""


def connected(location: str, options: dict[str, str] | None = None) -> Any:
    """A connection to the tables at `location` that sees the newest committed state of each.

    With `options` they lie in a bucket, of which the more is kept the better.
    """
    newest = datetime.timedelta(0)
    session = None
    if options is None:
        session = lancedb.Session(metadata_cache_size_bytes=METADATA_BYTES)
    return lancedb.connect(
        location, read_consistency_interval=newest, storage_options=options, session=session
    )


def any_of(terms: Terms) -> MatchQuery | BooleanQuery:
    """The query for any of the terms; those of one weight are looked up together."""
    if isinstance(terms, str):
        return _matching(terms)
    alike: dict[float, list[str]] = defaultdict(list)
    for term, weight in terms.items():
        alike[round(weight, 3)].append(term)
    parts = [_matching(" ".join(group), boost=weight) for weight, group in alike.items()]
    return parts[0] if len(parts) == 1 else BooleanQuery([(Occur.SHOULD, p) for p in parts])


def all_of(terms: str) -> MatchQuery:
    """The query for all of the terms."""
    return _matching(terms, FullTextOperator.AND)


def vector_index(partitions: int) -> HnswSq:
    """The kind of index on vectors, of so many graphs."""
    return HnswSq(distance_type="cosine", num_partitions=partitions)


def lexical_index() -> FTS:
    """The kind of index on terms."""
    # `terms` is final: no lower-casing, stemming or stop words on top of it.
    return FTS(
        base_tokenizer="whitespace",
        with_position=False,
        stem=False,
        lower_case=False,
        remove_stop_words=False,
        ascii_folding=False,
        max_token_length=None,
    )


def _matching(
    terms: str, operator: FullTextOperator = FullTextOperator.OR, boost: float = 1.0
) -> MatchQuery:
    # A stub of the library's own that hides the defaults of a dataclass.
    return MatchQuery(terms, "terms", boost=boost, operator=operator)  # pyright: ignore[reportCallIssue]
