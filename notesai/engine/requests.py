"""What each request that only reads is answered with."""

from collections.abc import Callable

from notesai.engine import lists, protocol
from notesai.engine.workspace import Workspace
from notesai.model import Answer, SearchResult


def answer(
    workspace: Workspace,
    request: protocol.AnyRequest,
    *,
    first: Callable[[SearchResult | Answer], None],
    report: Callable[[str, int, int], None],
    check: Callable[[], None],
) -> protocol.Result:
    """The answer to `request`; `first` takes what there is of it before it is whole.

    `report` is told of progress. `check` may raise `Cancelled`. Raises `NotesaiError`.
    """
    match request:
        case protocol.Search():
            return workspace.search(
                request.query,
                k=request.k,
                mode=request.mode,
                typing=request.typing,
                first=first,
                check=check,
            )
        case protocol.Similar():
            return workspace.similar(request.path, k=request.k)
        case protocol.Ask():
            return workspace.ask(
                request.question,
                scope=request.scope,
                history=request.history,
                extractive=request.extractive,
                report=report,
                check=check,
                partial=first,
            )
        case protocol.Read():
            return workspace.read(request.path)
        case protocol.ListNotes():
            return lists.titles(workspace)
        case protocol.Status():
            return workspace.status()
        case protocol.ListStates():
            return lists.states(workspace)
        case protocol.ListModels():
            return lists.models(workspace)
        case protocol.EstimateSwitch():
            return workspace.estimate_switch(request.model, check)
        case protocol.Wake():
            workspace.wake()
            return protocol.Done()
        case _:
            return protocol.Done()


def change_model(workspace: Workspace, request: protocol.ModelRequest) -> None:
    """Do what `request` asks for; the writer lane has to rest. Raises `NotesaiError`."""
    match request:
        case protocol.UseModel():
            workspace.use_model(request.model)
        case protocol.CancelSwitch():
            workspace.cancel_switch()
        case protocol.GoBack():
            workspace.go_back()
        case protocol.DropPrevious():
            workspace.drop_previous()
