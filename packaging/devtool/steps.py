"""Steps: one line each with its time, and child processes that stop when asked to."""

import contextlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path

_GRACE = 10.0
"""Seconds that a child has after Ctrl+C to finish by itself; it got the same signal."""

_LAST_GRACE = 3.0
"""Seconds that it has after it was told to end."""


class Problem(Exception):
    """Something that the user can mend: what happened, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@contextlib.contextmanager
def step(name: str) -> Generator[None]:
    """Print `name`, do the work, print the seconds that it took."""
    print(f"  {name} ... ", end="", flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        print("stopped" if isinstance(sys.exception(), KeyboardInterrupt) else "failed")
        raise
    print(f"{time.monotonic() - start:.1f} s", flush=True)


def call(
    command: Sequence[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> int:
    """Run `command` with its output shown. Returns its exit code."""
    sys.stdout.flush()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, cwd=cwd, env=env)
    return _wait(process)


def capture(
    command: Sequence[str],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    errors: bool = True,
) -> tuple[int, str]:
    """Run `command` silently. Returns its exit code and what it printed.

    Without `errors` that is standard output alone. A command that cannot be started counts as 127.
    """
    with tempfile.TemporaryFile() as output:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if errors else subprocess.DEVNULL,
                cwd=cwd,
                env=env,
            )
        except OSError as error:
            return 127, str(error)
        code = _wait(process)
        output.seek(0)
        return code, output.read().decode("utf-8", "replace")


def tail(output: str, lines: int = 25) -> str:
    """The last lines of `output`, indented."""
    return "\n".join(f"    {line}" for line in output.rstrip().splitlines()[-lines:])


def _wait(process: subprocess.Popen[bytes]) -> int:
    try:
        return process.wait()
    except KeyboardInterrupt:
        try:
            process.wait(_GRACE)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            process.terminate()
            _wait_or_kill(process)
        raise


def _wait_or_kill(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(_LAST_GRACE)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.kill()
        process.wait()
