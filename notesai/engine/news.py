"""What the window is told unasked: the engine's state, its progress, what has changed."""

from notesai.engine import protocol
from notesai.engine.channel import Channel
from notesai.engine.estimate import Estimate
from notesai.engine.workspace import Workspace
from notesai.errors import NotesaiError
from notesai.progress import Step

NAMED_PATHS = 200
"""More changed paths than this are announced as "many"."""


class News:
    """Sends events, each as often as it is news. May be used by many threads."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._estimate = Estimate()
        self._model = ""
        self._closed_by = ""
        self._troubled = False

    def starting(self) -> None:
        """The engine is there, and opens the index."""
        self._channel.send(protocol.EngineState(state="starting"))

    def closed(self, error: NotesaiError) -> None:
        """Why the index is not open, once."""
        if error.code != self._closed_by:
            self._closed_by = error.code
            self._send_error("failed", error)

    def ready(self, workspace: Workspace, *, writer: bool) -> None:
        """The index is open, and all is well."""
        self._closed_by = ""
        self._troubled = False
        self._model = workspace.model
        ready = protocol.EngineState(
            state="ready",
            notes=len(workspace.notes()),
            model=self._model,
            sends_to=workspace.sends_to,
            writer=writer,
        )
        self._channel.send(ready)

    def trouble(self, error: NotesaiError) -> None:
        """The writer lane has failed; a step that is done takes it back."""
        self._troubled = True
        self._send_error("trouble", error)

    def step(self, step: Step, workspace: Workspace | None, *, paused: bool) -> None:
        """The writer lane has come so far; `workspace` is that of the open index."""
        if self._estimate.is_news(step):
            self._announce(step, paused=paused)
        if step.phase == "done" and self._troubled and workspace is not None:
            self.ready(workspace, writer=True)

    def held(self, *, paused: bool) -> None:
        """The writer lane is held, or goes on."""
        self._announce(self._estimate.last, paused=paused)

    def changed(self, paths: set[str]) -> None:
        """These notes have changed in the index."""
        named = tuple(sorted(paths)) if len(paths) <= NAMED_PATHS else ()
        self._channel.send(protocol.IndexChanged(paths=named))

    def model(self, workspace: Workspace) -> None:
        """Another model answers, if one does: then every answer may be another."""
        if workspace.model != self._model:
            self.ready(workspace, writer=True)
            self._channel.send(protocol.IndexChanged(paths=()))

    def reranker(self, workspace: Workspace) -> None:
        """Results are not reranked as wished, once."""
        error = workspace.reranker_trouble()
        if error is not None:
            self._send_error("trouble", error)

    def _announce(self, step: Step, *, paused: bool) -> None:
        message = protocol.IndexProgress(
            phase=step.phase,
            done=step.done,
            total=step.total,
            seconds_left=self._estimate.seconds_left(step),
            paused=paused,
        )
        self._channel.send(message)

    def _send_error(self, state: str, error: NotesaiError) -> None:
        message = protocol.EngineState(
            state=state, code=error.code, message=error.message, hint=error.hint
        )
        self._channel.send(message)
