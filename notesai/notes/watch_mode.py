"""How a vault is watched, and why: by events where the file system tells all, else by looking."""

import errno
import logging
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import psutil

log = logging.getLogger(__name__)

# Others can change these behind our kernel's back, which then sends no event. On WSL a Windows
# drive is "9p" or "drvfs"; Docker Desktop and other virtual machines share folders by the rest.
_SHARED = frozenset(
    {
        *(
            "nfs",
            "nfs4",
            "cifs",
            "smb2",
            "smb3",
            "smbfs",
            "afpfs",
            "afs",
            "ncpfs",
            "webdav",
            "davfs",
        ),
        *("9p", "drvfs", "virtiofs", "vboxsf", "vmhgfs", "prl_fs", "fakeowner"),
        *("ceph", "lustre", "glusterfs", "gpfs", "beegfs", "coda", "gfs2", "ocfs2"),
        *("fuse", "osxfuse", "macfuse", "fusefs"),
    }
)


class WatchKind(StrEnum):
    """How changes are noticed."""

    OFF = "off"
    EVENTS = "events"
    POLLING = "polling"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class WatchMode:
    """How the vault is watched now, why, and what the user could do about it (empty: nothing)."""

    kind: WatchKind
    reason: str
    hint: str = ""


OFF = WatchMode(WatchKind.OFF, "watching is off")


def choose(vault: Path) -> WatchMode:
    """How to watch `vault`: polling on network and shared file systems, else events."""
    kind = _file_system(vault)
    if kind in _SHARED or kind.startswith("fuse."):
        reason = f"this kind of file system ({kind}) does not tell what others change in it"
        return WatchMode(
            WatchKind.POLLING, f"{reason}, so the folder is looked through every so often"
        )
    return WatchMode(WatchKind.EVENTS, f"the file system ({kind or 'unknown'}) tells what changes")


def after_failure(error: Exception) -> WatchMode:
    """Polling, because events ended with `error`; with what to do if a limit was reached."""
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.ENOSPC:
        limit = "max_user_watches=524288"
        reason = "the system's limit of watched folders is reached"
    elif number == errno.EMFILE:
        limit = "max_user_instances=1024"
        reason = "the system's limit of watching programs or open files is reached"
    else:
        return WatchMode(WatchKind.POLLING, f"the system stopped telling what changes: {error}")
    hint = (
        "Nothing is missed, changes only show a little later. To raise the limit: "
        f"sudo sysctl fs.inotify.{limit} (add the setting to /etc/sysctl.d/ to keep it)."
    )
    return WatchMode(WatchKind.POLLING, reason, hint)


def _file_system(vault: Path) -> str:
    """The kind of the file system that `vault` lies on, in the system's words; empty if unknown."""
    if str(vault).startswith("\\\\"):
        return "smbfs"
    best, kind = -1, ""
    try:
        mounts = psutil.disk_partitions(all=True)
    except (OSError, RuntimeError, psutil.Error) as error:
        log.info("cannot tell the file system of %s: %s", vault, error)
        return ""
    for mount in mounts:
        # Of two mounts at one place the later one is seen.
        depth = len(Path(mount.mountpoint).parts)
        if depth >= best and vault.is_relative_to(mount.mountpoint):
            remote = os.name == "nt" and "remote" in mount.opts.split(",")
            best, kind = depth, "smbfs" if remote else mount.fstype.lower()
    return kind
