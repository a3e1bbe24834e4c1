"""The values that every room speaks: notes, chunks, hits, neighbours, answers, reports.

All are frozen dataclasses of plain types, so that they travel as JSON unchanged.
Character offsets (`start`, `end`) count code points in the decoded file; lines count from 1.
"""

from notesai.model.answers import (
    Answer,
    AnswerKind,
    Citation,
    Scope,
    SentenceCheck,
    Trouble,
    Turn,
    Verdict,
)
from notesai.model.index import (
    ExportReport,
    Finding,
    HealthReport,
    IndexReport,
    SwitchEstimate,
    Switching,
    VaultStatus,
)
from notesai.model.kinds import DOCUMENT_SUFFIXES, is_document, suffix_of
from notesai.model.maps import (
    Cluster,
    ClusterFigures,
    Clusters,
    MapMethod,
    MapPoint,
    NoteMap,
    NoteTokens,
    SpaceFigures,
    TokenPiece,
    TokenSpan,
)
from notesai.model.models import KnownModel
from notesai.model.notes import Chunk, Link, Note, NoteContent, NoteProblem, NoteStatus, SavedNote
from notesai.model.related import (
    DuplicatePair,
    Duplicates,
    Mark,
    Neighbour,
    NoteRef,
    PassagePair,
    SimilarResult,
)
from notesai.model.search import Hit, Misread, Passage, SearchMode, SearchResult, Trap

__all__ = [
    "DOCUMENT_SUFFIXES",
    "Answer",
    "AnswerKind",
    "Chunk",
    "Citation",
    "Cluster",
    "ClusterFigures",
    "Clusters",
    "DuplicatePair",
    "Duplicates",
    "ExportReport",
    "Finding",
    "HealthReport",
    "Hit",
    "IndexReport",
    "KnownModel",
    "Link",
    "MapMethod",
    "MapPoint",
    "Mark",
    "Misread",
    "Neighbour",
    "Note",
    "NoteContent",
    "NoteMap",
    "NoteProblem",
    "NoteRef",
    "NoteStatus",
    "NoteTokens",
    "Passage",
    "PassagePair",
    "SavedNote",
    "Scope",
    "SearchMode",
    "SearchResult",
    "SentenceCheck",
    "SimilarResult",
    "SpaceFigures",
    "SwitchEstimate",
    "Switching",
    "TokenPiece",
    "TokenSpan",
    "Trap",
    "Trouble",
    "Turn",
    "VaultStatus",
    "Verdict",
    "is_document",
    "suffix_of",
]
