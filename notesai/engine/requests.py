"""What each request that only reads is answered with."""

from collections.abc import Callable

from notesai.engine import lists, protocol
from notesai.engine.workspace import Workspace
from notesai.model import Answer, NoteMap, SearchResult
from notesai.progress import Task

MAPS = protocol.FindClusters, protocol.RenameCluster, protocol.FetchMap
"""What needs the map, which may have to be laid out first."""


First = Callable[[SearchResult | Answer | NoteMap], None]
"""Takes what there is of an answer before it is whole."""


def answer(
    workspace: Workspace, request: protocol.AnyRequest, *, first: First, task: Task
) -> protocol.Result:
    """The answer to `request`; `first` takes what there is of it before it is whole.

    `task` is told how far long work is, and may cancel it. Raises `NotesaiError`.
    """
    match request:
        case protocol.Search():
            return workspace.search(
                request.query,
                k=request.k,
                mode=request.mode,
                typing=request.typing,
                scope=request.scope,
                first=first,
                check=task.check,
            )
        case protocol.Ask():
            return workspace.ask(
                request.question,
                scope=request.scope,
                history=request.history,
                extractive=request.extractive,
                report=task.report,
                check=task.check,
                partial=first,
            )
        case protocol.FetchMap():
            return workspace.mapping.map(
                request.projection, anew=request.anew, progress=task, first=first
            )
        case _:
            return _related(workspace, request, task)


def _related(workspace: Workspace, request: protocol.AnyRequest, task: Task) -> protocol.Result:
    """What notes have to do with each other."""
    relating, mapping = workspace.relating, workspace.mapping
    match request:
        case protocol.Similar():
            return relating.similar(
                request.path,
                k=request.k,
                text=request.text,
                with_hidden=request.with_hidden,
                check=task.check,
            )
        case protocol.MarkNeighbour():
            return relating.mark(request.path, request.other, request.mark)
        case protocol.ForYou():
            return relating.for_you(request.recent, k=request.k, check=task.check)
        case protocol.FindDuplicates():
            return relating.duplicates(task.report, task.check)
        case protocol.FindClusters():
            return mapping.clusters(task)
        case protocol.RenameCluster():
            return mapping.rename(request.cluster, request.name, task)
        case protocol.SuggestName():
            name = workspace.suggest_cluster_name(request.cluster, task)
            return protocol.SuggestedName(name=name)
        case _:
            return _told(workspace, request, task)


def _told(workspace: Workspace, request: protocol.AnyRequest, task: Task) -> protocol.Result:
    """What is known of one note, of all of them, or of the models."""
    match request:
        case protocol.Read():
            return workspace.read(request.path, task.check)
        case protocol.SeeTokens():
            return workspace.see_tokens(request.path)
        case protocol.ListNotes():
            return lists.titles(workspace)
        case protocol.Status():
            return workspace.status()
        case protocol.ListStates():
            return lists.states(workspace)
        case protocol.ListModels():
            return lists.models(workspace)
        case protocol.EstimateSwitch():
            return workspace.estimate_switch(request.model, task.check)
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
