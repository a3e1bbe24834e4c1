"""The virtual environment `.venv` of the checkout: made once, re-used, mended when broken."""

import hashlib
import json
import os
import shutil
import sys
import tomllib
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from devtool import failures, steps, system
from devtool.steps import Problem

_PIP = "pip>=25.1,<28"
"""The first pip that installs dependency groups."""

ANY_PROCESSOR = "-DGGML_NATIVE=OFF"
_OLDEST, _NEWEST = (3, 11), (3, 13)
_PROBE = "import sys, pip; print(*sys.version_info[:2], *pip.__version__.split('.')[:2])"


@dataclass(frozen=True, slots=True)
class Environment:
    """The virtual environment of `checkout`."""

    checkout: Path

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.checkout / ".venv"

    @property
    def programs(self) -> Path:
        """Folder of its interpreter and scripts."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self) -> str:
        """Its interpreter."""
        return str(self.programs / ("python.exe" if os.name == "nt" else "python"))

    @property
    def variables(self) -> dict[str, str]:
        """The variables for what runs in it: no other Python's modules, its scripts first.

        What is compiled, llama.cpp, is for any processor of the last ten years unless somebody says
        otherwise: pip keeps what it built, and the machine that it runs on may change.
        """
        kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONHOME", "PYTHONPATH")}
        path = f"{self.programs}{os.pathsep}{kept.get('PATH', '')}"
        own = {"PATH": path, "VIRTUAL_ENV": str(self.folder), "PIP_USER": "0"}
        return {"CMAKE_ARGS": ANY_PROCESSOR, **kept, **own}

    def call(self, *arguments: str) -> int:
        """Run its interpreter with output shown. Returns the exit code."""
        return steps.call([self.python, *arguments], cwd=self.checkout, env=self.variables)

    def capture(self, *arguments: str, errors: bool = True) -> tuple[int, str]:
        """Run its interpreter silently. Returns exit code and output."""
        command = [self.python, *arguments]
        return steps.capture(command, cwd=self.checkout, env=self.variables, errors=errors)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What was installed: for which folder, from which project file, with which parts.

    `parts` are "group:NAME" and "extra:NAME"; `pins` is a digest of the versions that were asked
    for, empty for the newest. A stamp that is not `complete` was left by an install that was cut
    short, after which the packages cannot be trusted.
    """

    checkout: str
    project: str
    parts: tuple[str, ...]
    complete: bool = True
    pins: str = ""


def prepare(checkout: Path, parts: tuple[str, ...] = (), pinned: Path | None = None) -> Environment:
    """Make or mend `.venv` so that it holds notesai and `parts`. Raises `Problem`.

    `pinned` is a file of versions, as pip takes constraints; what it does not name is the newest.
    """
    environment = Environment(checkout)
    stamp = read_stamp(environment)
    fault = _fault(environment, stamp)
    if fault:
        with steps.step(f"removing .venv ({fault})"):
            _remove(environment.folder)
        stamp = None
    if not environment.folder.exists():
        _create(environment)
    every = tuple(sorted({*parts, *(stamp.parts if stamp else ())}))
    digest = hashlib.sha256(pinned.read_bytes()).hexdigest() if pinned else ""
    wanted = Stamp(str(checkout), project_digest(checkout), every, pins=digest)
    if stamp != wanted:
        _install(environment, stamp, wanted, pinned)
    return environment


def project_digest(checkout: Path) -> str:
    """A digest of what in pyproject.toml decides what is installed; settings of tools do not."""
    try:
        project = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise Problem(f"pyproject.toml cannot be read: {error}") from error
    tables = {name: project.get(name) for name in ("build-system", "project", "dependency-groups")}
    tables["hatch"] = project.get("tool", {}).get("hatch")
    return hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()


def read_stamp(environment: Environment) -> Stamp | None:
    """The stamp of the last install, None without one that can be read."""
    try:
        values: dict[str, Any] = json.loads(_stamp_file(environment).read_text("utf-8"))
        values["parts"] = tuple(values["parts"])
        return Stamp(**values)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _fault(environment: Environment, stamp: Stamp | None) -> str:
    """Why the environment that is there cannot be used; empty if it can, or if there is none."""
    if not environment.folder.exists():
        return "a dead link" if environment.folder.is_symlink() else ""
    if stamp and not stamp.complete:
        return "an install was cut short"
    if stamp and stamp.checkout != str(environment.checkout):
        return "made for another folder"
    code, output = environment.capture("-c", _PROBE)
    if code != 0:
        return "its Python does not start"
    version = tuple(int(part) for part in output.split()[:2])
    return "" if _OLDEST <= version <= _NEWEST else "made with another Python"


def _remove(folder: Path) -> None:
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    else:
        shutil.rmtree(folder)


def _create(environment: Environment) -> None:
    _get_ensurepip()
    # The base interpreter, should this run in the very environment that was just removed.
    python = str(getattr(sys, "_base_executable", sys.executable))
    with steps.step(f"making .venv (Python {sys.version_info.major}.{sys.version_info.minor})"):
        code, output = steps.capture([python, "-m", "venv", str(environment.folder)])
        if code != 0:
            problem = failures.of_venv(output, environment.checkout)
            shutil.rmtree(environment.folder, ignore_errors=True)
            raise problem


def _get_ensurepip() -> None:
    if system.missing(system.PYTHON) and system.can_install():
        system.apt_install(system.packages(system.PYTHON, "apt"))
    if system.missing(system.PYTHON):
        raise Problem(
            "This Python cannot make virtual environments: its module ensurepip is missing.",
            f"To get it: {system.remedy(system.PYTHON)}\nThen run this again.",
        )


def _install(
    environment: Environment, stamp: Stamp | None, wanted: Stamp, pinned: Path | None
) -> None:
    extras = [part.removeprefix("extra:") for part in wanted.parts if part.startswith("extra:")]
    groups = [part.removeprefix("group:") for part in wanted.parts if part.startswith("group:")]
    target = f".[{','.join(extras)}]" if extras else "."
    options = [word for group in groups for word in ("--group", group)]
    options += ["--constraint", str(pinned)] if pinned else []
    _write_stamp(environment, replace(wanted, complete=False))
    with steps.step(f"installing {_described(wanted.parts)}"):
        code, output = _pip(environment, "--upgrade", _PIP)
        if code == 0:
            code, output = _pip(environment, "--editable", target, *options)
        if code != 0:
            # pip undoes what it could not finish, so what was there before still holds.
            _restore_stamp(environment, stamp)
            raise failures.of_pip(output, wanted.parts)
        _write_stamp(environment, wanted)


def _described(parts: tuple[str, ...]) -> str:
    names = [part.split(":")[1] for part in parts]
    return "notesai" + (f" with {', '.join(names)}" if names else "") + ", minutes the first time"


def _pip(environment: Environment, *arguments: str) -> tuple[int, str]:
    options = ("--disable-pip-version-check", "--no-input", "install", "--progress-bar", "off")
    return environment.capture("-m", "pip", *options, *arguments)


def _stamp_file(environment: Environment) -> Path:
    return environment.folder / "notesai-install.json"


def _write_stamp(environment: Environment, stamp: Stamp) -> None:
    _stamp_file(environment).write_text(json.dumps(asdict(stamp)), "utf-8")


def _restore_stamp(environment: Environment, stamp: Stamp | None) -> None:
    if stamp is None:
        _stamp_file(environment).unlink()
    else:
        _write_stamp(environment, stamp)
