"""What in a vault is not a note: hidden things, and what `.gitignore` and `.notesignore` say.

Patterns have the syntax and meaning of gitignore(5), at any depth. The first of these that says
something about a file decides, so that each can take back (`!pattern`) what a later one says:

1. the patterns of the settings, relative to the vault,
2. `.notesignore`, the deepest first: it speaks for notesai alone and so outranks what git is told,
3. `.gitignore`, the deepest first.

Names that start with a dot and `node_modules` are never looked into, whatever a pattern says. As in
git, nothing below an ignored folder can be taken back.
"""

import logging
import re
import stat
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from pathspec import GitIgnoreSpec

from notesai.notes.names import normal

log = logging.getLogger(__name__)

IGNORE_FILES = frozenset({".gitignore", ".notesignore"})
"""Names of the files whose change changes what is a note."""

_READ_AT_MOST = 1 << 20
_FOLDER_MARK = re.compile(r"\(\?P<\w+>/\)")


class Patterns:
    """Some lines of gitignore patterns. A line that is no pattern is logged and left out.

    A path is asked about for itself alone: whoever asks has come down through its folders and
    asked about them. This is what git does; pathspec's own matching also answers for parents, so
    that `!drafts/` would take back whatever any other pattern ignores below it.
    """

    def __init__(self, lines: Iterable[str], source: str) -> None:
        found = [parts for line in lines if (parts := _expression(line, source))]
        self._strongest_first = [(re.compile(text), include) for text, include in reversed(found)]
        # One search over all at once: most paths match none.
        self._any = re.compile("|".join(f"(?:{text})" for text, _ in found)) if found else None

    def __bool__(self) -> bool:
        return self._any is not None

    def decide(self, path: str) -> bool | None:
        """True: ignored, False: taken back, None: nothing said. A folder's path ends with `/`."""
        if self._any is None or self._any.search(path) is None:
            return None
        for expression, include in self._strongest_first:
            if expression.search(path):
                return include
        return None


def _expression(line: str, source: str) -> tuple[str, bool] | None:
    """A regular expression for what one line matches, and whether it ignores; None if nothing."""
    if line.rstrip().endswith("/**/"):  # folders below, which pathspec takes for the folder itself
        line = line.rstrip() + "*/"
    try:
        patterns = GitIgnoreSpec.from_lines([line]).patterns
    except (ValueError, re.error) as error:
        log.warning("pattern left out, it cannot be understood: %s (%s)", error, source)
        return None
    compiled = getattr(patterns[0], "regex", None) if patterns else None
    if not isinstance(compiled, re.Pattern) or patterns[0].include is None:
        return None
    # The group marks the slash behind a folder, `/` at the end means: anything inside.
    text = _FOLDER_MARK.sub("/$", cast("re.Pattern[str]", compiled).pattern)
    return (f"{text}." if text.endswith("/") else text), patterns[0].include


@dataclass(frozen=True, slots=True)
class _Scope:
    """Patterns that hold below the folder whose path takes up the first `skip` characters."""

    skip: int
    patterns: Patterns


@dataclass(frozen=True, slots=True)
class FolderRules:
    """What is ignored in one folder of the vault, as all folders above it say too."""

    source: "IgnoreRules"
    notesignore: tuple[_Scope, ...] = ()
    gitignore: tuple[_Scope, ...] = ()

    def enter(self, folder: str, path: str, present: Collection[str]) -> "FolderRules":
        """The rules inside of the folder at `path` (NFC, relative), which lies at `folder` on disk.

        `present` names files in it; those of `IGNORE_FILES` among them are read.
        """
        skip = len(path) + 1 if path else 0
        notes, git = self.notesignore, self.gitignore
        if ".notesignore" in present and (patterns := self.source.load(f"{folder}/.notesignore")):
            notes = (_Scope(skip, patterns), *notes)
        if ".gitignore" in present and (patterns := self.source.load(f"{folder}/.gitignore")):
            git = (_Scope(skip, patterns), *git)
        if notes is self.notesignore and git is self.gitignore:
            return self
        return FolderRules(self.source, notes, git)

    def ignores(self, path: str, *, folder: bool) -> bool:
        """True if what lies at `path` (NFC, relative to the vault) in this folder is no note."""
        if folder:
            path += "/"
        if self.source.own and (decision := self.source.own.decide(path)) is not None:
            return decision
        for scope in (*self.notesignore, *self.gitignore):
            decision = scope.patterns.decide(path[scope.skip :])
            if decision is not None:
                return decision
        return False


class IgnoreRules:
    """The rules of one vault. `patterns` are those of the settings, the strongest of all.

    Ignore files are read again only when they changed. Safe to use from several threads.
    """

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        self.own = Patterns(map(normal, patterns), "settings")
        self._loaded: dict[str, tuple[tuple[int, int, int], Patterns]] = {}

    def top(self) -> FolderRules:
        """The rules above the vault: those of the settings alone."""
        return FolderRules(self)

    def load(self, file: str) -> Patterns | None:
        """The patterns in one ignore file; None if there are none, or it cannot be read."""
        try:
            info = Path(file).stat()
            if not stat.S_ISREG(info.st_mode):
                return None
            stamp = (info.st_mtime_ns, info.st_size, info.st_ino)
            known = self._loaded.get(file)
            if known is None or known[0] != stamp:
                known = self._loaded[file] = (stamp, Patterns(_lines(file), file))
        except OSError as error:
            if not isinstance(error, FileNotFoundError | NotADirectoryError):
                log.warning("cannot read %s, going on as if it were empty: %s", file, error)
            return None
        return known[1] or None


def _lines(file: str) -> list[str]:
    with Path(file).open("rb") as stream:
        data = stream.read(_READ_AT_MOST)
    return normal(data.decode("utf-8-sig", "replace")).split("\n")
