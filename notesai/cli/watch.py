"""`notesai index --watch`: follow the folder until interrupted."""

import threading

from notesai.cli.session import err
from notesai.engine.upkeep import Upkeep
from notesai.engine.workspace import Workspace
from notesai.errors import NotesaiError
from notesai.progress import Step


def follow(workspace: Workspace) -> None:
    """Keep the index up to date and say what changed; ends with Ctrl+C."""

    def changed(paths: set[str]) -> None:
        if paths:
            names = ", ".join(sorted(paths)[:3]) + (" …" if len(paths) > 3 else "")
            err.print(f"{len(paths)} changed: {names}", markup=False)

    def failed(error: NotesaiError) -> None:
        err.print(f"{error.message} {error.hint}", markup=False)

    upkeep = Upkeep(workspace, workspace.rules, step=_quiet, changed=changed, failed=failed)
    upkeep.start()
    err.print(f"Watching {workspace.vault} (Ctrl+C ends it).", markup=False)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        err.print("Stopped.")
    finally:
        upkeep.stop()


def _quiet(step: Step) -> None:
    """Progress of single edits is not worth a line."""
