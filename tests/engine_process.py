"""The engine process, driven over its pipes."""

import json
import subprocess
import sys
from typing import Any

import pytest
from fakes import Folder


class Engine:
    """The real process and its messages."""

    def __init__(self, folder: Folder, *program: str) -> None:
        """`program` runs the engine in another way than `notesai engine` does."""
        words = program or ("-m", "notesai", "engine", "--vault", str(folder.path))
        command = [sys.executable, *words]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        self.process = subprocess.Popen(command, **pipes)
        self.seen: list[dict[str, Any]] = []
        self._ids = 0

    def send(self, method: str, **parameters: Any) -> int:
        self._ids += 1
        line = json.dumps({"id": self._ids, "method": method, **parameters})
        self.write(line.encode() + b"\n")
        return self._ids

    def write(self, data: bytes) -> None:
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def until(self, **wanted: Any) -> dict[str, Any]:
        """The first message, seen already or to come, that has all these values."""
        for message in self.seen:
            if wanted.items() <= message.items():
                return message
        while line := self.process.stdout.readline():
            message = json.loads(line)
            self.seen.append(message)
            if wanted.items() <= message.items():
                return message
        pytest.fail(f"engine ended before {wanted}: {self.process.stderr.read().decode()}")

    def ask(self, method: str, **parameters: Any) -> Any:
        identity = self.send(method, **parameters)
        message = self.until(id=identity, type="ok")
        return message["value"]

    def end(self) -> int:
        self.process.stdin.close()
        status = self.process.wait(60)
        self.process.stdout.close()
        self.process.stderr.close()
        return status
