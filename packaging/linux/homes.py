"""Homes and folders of notes that are in the way: read-only, full, of others, oddly named."""

from typing import NamedTuple

from root import Root

PERSON = "trial-person"
OTHER = "trial-other"
_SAMPLE = "/usr/lib/notesai/_internal/resources/sample-vault"

# $1: what is done first; $2: who; $3: their home; the rest: the command. In mounts of its own.
_AS = """
set -e
who=$1 home=$2 first=$3; shift 3
mkdir -p "$home"; chown "$who" "$home"
eval "$first"
exec setpriv --reuid="$who" --regid="$who" --clear-groups \
    env HOME="$home" USER="$who" XDG_RUNTIME_DIR= "$@"
"""
_READ_ONLY = 'mount -t tmpfs tmpfs "$home"; mount -o remount,ro "$home"'
_FORBIDDEN = 'mount -t tmpfs -o mode=0555,uid=0 tmpfs "$home"'
_FULL = 'mount -t tmpfs -o size=1m,uid=$(id -u "$who") tmpfs "$home"'
_KEPT_VAULT = 'mount --bind "/srv/내 노트" /mnt; mount -o remount,ro,bind /mnt'
_WINDOW = """
Xvfb :78 -screen 0 1280x800x24 -nolisten tcp -noreset >/dev/null 2>&1 & screen=$!
export DISPLAY=:78
for _ in $(seq 100); do xdotool getdisplaygeometry >/dev/null 2>&1 && break; sleep 0.05; done
notesai --vault "$1" >/dev/null 2>"/tmp/window-$USER.log" & app=$!
for _ in $(seq 200); do
    window=$(xdotool search --onlyvisible --name notesai 2>/dev/null | head -n 1) || true
    [ -z "$window" ] || break
    sleep 0.05
done
sleep 3
kill -0 $app && [ -n "$window" ] && echo "the window stands"
kill $app $screen; wait 2>/dev/null
cat "/tmp/window-$USER.log" >&2
"""


class Case(NamedTuple):
    """The home, what is done to it first, the command, and what has to come of it."""

    name: str
    home: str
    first: str
    command: tuple[str, ...]
    code: int
    words: str
    who: str = PERSON


def _notesai(*arguments: str) -> tuple[str, ...]:
    return ("notesai", *arguments, "--vault", "/srv/내 노트")


_QUERY = ("search", "퇴비")
_KOREAN = "/home/홍 길동"
CASES = (
    Case("a read-only home", "/home/ro", _READ_ONLY, _notesai("index"), 1, "cannot be written"),
    Case("searching in it", "/home/ro", _READ_ONLY, _notesai(*_QUERY), 1, "cannot be written"),
    Case("a home of others", "/home/no", _FORBIDDEN, _notesai("index"), 1, "cannot be written"),
    Case("a full disk", "/home/full", _FULL, _notesai("index"), 1, "is full"),
    Case("a Korean name with a space", _KOREAN, "", _notesai("index"), 0, "embedded"),
    Case("searching there", _KOREAN, "", _notesai(*_QUERY), 0, "음식물 퇴비"),
    Case("asking there", _KOREAN, "", _notesai("ask", "When do I turn compost?"), 0, "From your"),
    Case("somebody else's index", "/home/other", "", _notesai("index"), 0, "embedded", OTHER),
    Case("searching it", "/home/other", "", _notesai(*_QUERY), 0, "음식물 퇴비", OTHER),
    Case(
        "notes that cannot be written",
        _KOREAN,
        _KEPT_VAULT,
        ("notesai", "index", "--vault", "/mnt"),
        0,
        "embedded",
    ),
)
_WINDOWS = (
    Case("the window in a read-only home", "/home/ro", _READ_ONLY, (), 0, "the window stands"),
    Case("the window on a full disk", "/home/full", _FULL, (), 0, "the window stands"),
    Case("the window of a Korean name", _KOREAN, "", (), 0, "the window stands"),
)


def try_homes(root: Root) -> None:
    """The commands in homes that are in the way: each does its work, or says why it cannot."""
    for who in (PERSON, OTHER):
        root.inside("useradd", "--no-create-home", who, quiet=True)
    root.inside("cp", "-r", _SAMPLE, "/srv/내 노트")
    for case in CASES:
        _try(root, case, case.command)


def try_windows(root: Root) -> None:
    """The window in some of them: it opens and stays. Needs Xvfb and xdotool in the root."""
    for case in _WINDOWS:
        _try(root, case, ("bash", "-c", _WINDOW, "window", "/srv/내 노트"))


def clear(root: Root) -> None:
    """Take away the people, their homes and the notes."""
    for who in (PERSON, OTHER):
        root.inside("userdel", who, quiet=True)
    homes = {case.home for case in CASES}
    root.inside("rm", "-rf", "/srv/내 노트", *homes, quiet=True)


def _try(root: Root, case: Case, command: tuple[str, ...]) -> None:
    done = root.run("bash", "-c", _AS, "as", case.who, case.home, case.first, *command)
    calm = "Traceback" not in done.stderr and "damaged" not in done.stderr
    said = f"{done.stdout}\n{done.stderr}"
    held = done.returncode == case.code and case.words in said and calm
    lines = [line for line in done.stderr.splitlines() if case.words in line]
    root.say(f"{case.name}{': ' + lines[0][:90] if lines else ''}", held)
    if not held:
        print(said[-2_000:])
