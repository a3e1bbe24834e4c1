"""What each request that only reads is answered with."""

from collections.abc import Callable

from notesai.engine import lists, protocol
from notesai.engine.workspace import Workspace
from notesai.model import Answer, NoteMap, SearchResult
from notesai.progress import Task

MAPS = protocol.FindClusters, protocol.RenameCluster, protocol.FetchMap
"""What needs the map, which may have to be laid out first."""


def answer(
    workspace: Workspace,
    request: protocol.AnyRequest,
    *,
    first: Callable[[SearchResult | Answer | NoteMap], None],
    task: Task,
) -> protocol.Result:
    """The answer to `request`; `first` takes what there is of it before it is whole.

    `task` is told how far long work is, and may cancel it. Raises `NotesaiError`.
    """
    check = task.check
    match request:
        case protocol.Search():
            return workspace.search(
                request.query,
                k=request.k,
                mode=request.mode,
                typing=request.typing,
                scope=request.scope,
                first=first,
                check=check,
            )
        case protocol.Similar():
            return workspace.relating.similar(
                request.path,
                k=request.k,
                text=request.text,
                with_hidden=request.with_hidden,
                check=check,
            )
        case protocol.MarkNeighbour():
            return workspace.relating.mark(request.path, request.other, request.mark)
        case protocol.ForYou():
            return workspace.relating.for_you(request.recent, k=request.k, check=check)
        case protocol.FindDuplicates():
            return workspace.relating.duplicates(task.report, check)
        case protocol.Ask():
            return workspace.ask(
                request.question,
                scope=request.scope,
                history=request.history,
                extractive=request.extractive,
                report=task.report,
                check=check,
                partial=first,
            )
        case protocol.FindClusters():
            return workspace.mapping.clusters(task)
        case protocol.RenameCluster():
            return workspace.mapping.rename(request.cluster, request.name, task)
        case protocol.FetchMap():
            return workspace.mapping.map(
                request.projection, anew=request.anew, progress=task, first=first
            )
        case protocol.SeeTokens():
            return workspace.see_tokens(request.path)
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
