"""What can go wrong between here and a hub, as a person reads it."""

import errno
import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from notesai.errors import ModelError, NotesaiError, RequestError

EXTRA = "Install it with `pip install 'notesai[models]'`, or add the model from a folder instead."
_NOTHING = "Nothing was installed."
_LATER = (
    f"{_NOTHING} What has arrived is kept, and the same command goes on from there. "
    "Without a network, `notesai models add FOLDER` takes a model from a folder."
)
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


def endpoint() -> str:
    """Address of the hub: `HF_ENDPOINT` if set, as in all programs that use hubs."""
    return (os.environ.get("HF_ENDPOINT") or "https://huggingface.co").rstrip("/")


def host() -> str:
    """The hub's host, with its port if it has one."""
    return urlsplit(endpoint()).netloc or endpoint()


def library_missing() -> ModelError:
    """Models from a hub need libraries that are not part of the smallest installation."""
    return ModelError(
        "hub.library_missing",
        "Models from a hub need huggingface_hub and sentence-transformers. One is not installed.",
        EXTRA,
    )


def library_too_old() -> ModelError:
    """The library is there, but from before it offered what is needed."""
    return ModelError(
        "hub.library_too_old",
        "To download models, notesai needs huggingface_hub 1.30 or newer.",
        "Update it with `pip install -U 'notesai[models]'`, or add the model from a folder.",
    )


def bad_name(hub_id: str) -> RequestError:
    """What was given can be no name of a repository."""
    return RequestError(
        "hub.bad_name",
        f"{hub_id!r} is not the name of a model on a hub.",
        "Such a name looks like intfloat/multilingual-e5-small.",
    )


def unknown(hub_id: str) -> ModelError:
    """No such repository, or none that may be seen: hubs do not tell the two apart."""
    return ModelError(
        "hub.unknown_model",
        f"{host()} has no model {hub_id}, or not one that you may see.",
        f"{_NOTHING} Check the name. If the model is private, set HF_TOKEN to a token of yours.",
    )


def no_revision(hub_id: str, revision: str) -> ModelError:
    """The repository is there, the branch, tag or commit is not."""
    return ModelError(
        "hub.no_revision",
        f"{hub_id} has no revision {revision!r}.",
        f"{_NOTHING} Give a branch, a tag or a commit, or leave --revision out for the newest.",
    )


def gated(hub_id: str) -> ModelError:
    """The model's owner wants its licence accepted by a person first."""
    return ModelError(
        "hub.gated",
        f"{hub_id} is given only to people who have accepted its licence.",
        f"{_NOTHING} Accept it at {endpoint()}/{hub_id}, make a token there under Settings, "
        "set HF_TOKEN to it, and try again.",
    )


def bad_token() -> ModelError:
    """The hub does not know the token that it was sent."""
    return ModelError(
        "hub.bad_token",
        f"{host()} does not accept your token.",
        f"{_NOTHING} Set HF_TOKEN to a valid one, or to nothing for models that need none.",
    )


def offline() -> RequestError:
    """The library itself is told to stay offline."""
    return RequestError(
        "network.off",
        "The variable HF_HUB_OFFLINE keeps huggingface_hub off the network.",
        f"{_NOTHING} Unset it, or add the model from a folder.",
    )


def unreachable(reason: str) -> ModelError:
    """No connection, or one that broke off each time."""
    return ModelError("hub.unreachable", f"{host()} cannot be reached ({reason}).", _LATER)


def refused(status: int, reason: str) -> ModelError:
    """An answer that is none, after all attempts."""
    return ModelError("hub.refused", f"{host()} answered {status} ({reason}).", _LATER)


def not_a_hub(reason: str) -> ModelError:
    """Something answers, but not as a hub does."""
    return ModelError(
        "hub.not_a_hub",
        f"What answers at {endpoint()} is not a model hub ({reason}).",
        f"{_NOTHING} Check HF_ENDPOINT, and whether a login page stands before the network.",
    )


def not_whole(name: str) -> ModelError:
    """The hash of a file is not the one that the hub names."""
    return ModelError(
        "hub.damaged",
        f"{name} did not arrive as the hub has it: its hash is different.",
        f"{_NOTHING} The file was thrown away; all others are kept. Try again later.",
    )


def disk_full(needed: int, free: int) -> ModelError:
    """Both in bytes. Said before anything is downloaded where possible."""
    return ModelError(
        "hub.disk_full",
        f"The disk is too full for this model: it needs {needed / 1e6:,.0f} MB, "
        f"and {free / 1e6:,.0f} MB are free.",
        f"{_NOTHING} Free some space and try again; what has arrived is kept.",
    )


def not_writable(error: OSError) -> ModelError:
    """The download folder cannot be written."""
    reason = error.strerror or type(error).__name__
    return ModelError(
        "hub.not_writable",
        f"Downloads cannot be written ({reason}: {error.filename}).",
        f"{_NOTHING} Check the permissions of that folder, and try again.",
    )


def busy(hub_id: str) -> ModelError:
    """Another process is at it."""
    return ModelError(
        "hub.busy",
        f"{hub_id} is being downloaded already.",
        "Wait until that is done, or stop it first.",
    )


def stopped() -> ModelError:
    """The process that downloads is gone without a word: killed, or out of memory."""
    return ModelError("hub.stopped", "The download was ended from outside.", _LATER)


def of_disk(error: OSError, folder: Path, needed: int) -> ModelError:
    """The error for what the system said while writing to `folder`; `needed` is in bytes."""
    if error.errno not in _FULL:
        return not_writable(error)
    return disk_full(needed, shutil.disk_usage(folder).free)


def of_library(error: Exception, hub_id: str, revision: str) -> NotesaiError | None:
    """The error for what huggingface_hub or its HTTP library raised; None if it is a bug."""
    from huggingface_hub import errors as library
    from huggingface_hub.utils import httpx

    match error:
        # The order matters: a gated repository is a kind of missing one to the library.
        case library.GatedRepoError():
            return gated(hub_id)
        case library.RevisionNotFoundError():
            return no_revision(hub_id, revision)
        case library.RepositoryNotFoundError():
            return unknown(hub_id)
        case library.OfflineModeIsEnabled():
            return offline()
        case library.HFValidationError():
            return bad_name(hub_id)
        case library.HfHubHTTPError():
            status = error.response.status_code
            return bad_token() if status == 401 else refused(status, error.response.reason_phrase)
        case httpx.TransportError() | httpx.TooManyRedirects() | httpx.InvalidURL():
            return unreachable(str(error) or type(error).__name__)
        case httpx.DecodingError():
            return not_a_hub(str(error))
        case _:
            return None
