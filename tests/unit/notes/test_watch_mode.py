import errno
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from notesai.notes.watch_mode import WatchKind, after_failure, choose


def mount(monkeypatch: pytest.MonkeyPatch, *mounts: tuple[str, str]) -> None:
    def disk_partitions(*, all: bool) -> list[SimpleNamespace]:
        assert all  # network mounts are listed only then
        return [SimpleNamespace(mountpoint=at, fstype=kind, opts="rw") for at, kind in mounts]

    monkeypatch.setattr(psutil, "disk_partitions", disk_partitions)


def test_the_temporary_folder_of_tests_tells_what_changes(tmp_path: Path) -> None:
    assert choose(tmp_path).kind is WatchKind.EVENTS


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "9p", "drvfs", "vboxsf", "fuse.sshfs"])
def test_shared_file_systems_are_polled(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    mount(monkeypatch, ("/", "ext4"), ("/mnt/share", kind))
    mode = choose(Path("/mnt/share/notes"))
    assert mode.kind is WatchKind.POLLING
    assert kind in mode.reason
    assert choose(Path("/mnt/share-of-mine/notes")).kind is WatchKind.EVENTS


@pytest.mark.parametrize("kind", ["ext4", "btrfs", "apfs", "NTFS", "overlay", "tmpfs", "fuseblk"])
def test_file_systems_of_this_machine_tell_by_events(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    mount(monkeypatch, ("/", "nfs"), ("/home", kind))
    assert choose(Path("/home/me/notes")).kind is WatchKind.EVENTS


def test_the_innermost_and_latest_mount_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    mount(monkeypatch, ("/a/b", "nfs"), ("/a", "ext4"), ("/", "ext4"))
    assert choose(Path("/a/b/c")).kind is WatchKind.POLLING
    mount(monkeypatch, ("/a", "autofs"), ("/a", "cifs"))
    assert choose(Path("/a/b")).kind is WatchKind.POLLING


def test_windows_network_paths_are_polled() -> None:
    assert choose(Path("\\\\server\\share\\notes")).kind is WatchKind.POLLING


def test_an_unknown_file_system_is_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    def disk_partitions(*, all: bool) -> list[SimpleNamespace]:
        raise PermissionError("no /proc here")

    monkeypatch.setattr(psutil, "disk_partitions", disk_partitions)
    assert choose(Path("/home/me/notes")).kind is WatchKind.EVENTS


def test_limits_come_with_what_to_do() -> None:
    watches = after_failure(OSError(errno.ENOSPC, "inotify watch limit reached"))
    assert watches.kind is WatchKind.POLLING
    assert "sysctl fs.inotify.max_user_watches" in watches.hint
    instances = after_failure(OSError(errno.EMFILE, "inotify instance limit reached"))
    assert "sysctl fs.inotify.max_user_instances" in instances.hint
    other = after_failure(ValueError("strange"))
    assert "strange" in other.reason
    assert not other.hint
