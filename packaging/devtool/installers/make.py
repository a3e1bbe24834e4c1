"""`installer`: a folder that runs anywhere, checked, and packages of it."""

import os
import platform
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from devtool import environment, steps, system
from devtool.environment import Environment
from devtool.installers import archive, contents, debian
from devtool.installers.product import Product
from devtool.installers.slim import slim
from devtool.steps import Problem

PORTABLE = "-DGGML_NATIVE=OFF -DGGML_BACKEND_DL=ON -DGGML_CPU_ALL_VARIANTS=ON -DLLAMA_CURL=OFF"
"""llama.cpp with a library for each kind of processor, chosen as it starts."""


Package = Callable[[Product], Path]

PACKAGES: dict[str, Package] = {"deb": debian.package, "tar": archive.package}


def make(
    checkout: Path, formats: Sequence[str], pinned: Path | None = None, *, all_models: bool = False
) -> int:
    """Build the program, of the versions in `pinned` or the newest, check it, and pack it.

    Returns the exit code.
    """
    unknown = [name for name in formats if name not in PACKAGES]
    if unknown:
        raise Problem(f"There is no format {unknown[0]}.", f"There are: {', '.join(PACKAGES)}.")
    formats = formats or available()
    product = Product(checkout, checkout / "dist", version(checkout), all_models)
    made = _prepared(checkout, pinned, all_models=all_models)
    _note_facts(made, product)
    _freeze(made, product)
    with steps.step("leaving out what nothing reads"):
        slim(product.program)
    faults = contents.faults(product.program, all_models=all_models)
    print(contents.table(product.program, "the program"))
    for name in formats:
        with steps.step(f"packing {name}"):
            file = PACKAGES[name](product)
        print(f"  {file.stat().st_size / 1e6:.0f} MB  {file}")
    for fault in faults:
        print(f"  does not belong: {fault}")
    return int(bool(faults))


def available() -> list[str]:
    """The formats that can be made on this system."""
    if sys.platform != "linux":
        return []
    return [name for name in PACKAGES if name != "deb" or shutil.which("dpkg-deb")]


def version(checkout: Path) -> str:
    """The version of notesai in this checkout."""
    text = (checkout / "notesai" / "__init__.py").read_text("utf-8")
    return text.split('__version__ = "')[1].split('"')[0]


def _prepared(checkout: Path, pinned: Path | None, *, all_models: bool) -> Environment:
    system.provide(system.COMPILER, "compiling llama-cpp-python")
    # What is compiled now runs on other machines.
    os.environ.setdefault("CMAKE_ARGS", PORTABLE)
    parts = ("extra:llm", "group:installers", *(("extra:models",) if all_models else ()))
    made = environment.prepare(checkout, parts, pinned)
    _insist_on_portable(made)
    return made


def _insist_on_portable(made: Environment) -> None:
    """Compile llama.cpp anew if the one that is there was made for this very processor."""
    if platform.machine().lower() not in {"x86_64", "amd64"} or _is_portable(made):
        return
    with steps.step("compiling llama-cpp-python for any processor, minutes"):
        options = ("--no-input", "install", "--force-reinstall", "--no-deps", "--no-cache-dir")
        code, output = made.capture(
            "-m", "pip", *options, "--no-binary", "llama-cpp-python", "llama-cpp-python"
        )
    if code or not _is_portable(made):
        print(steps.tail(output))
        raise Problem("llama-cpp-python could not be compiled for any processor.")


def _is_portable(made: Environment) -> bool:
    probe = (
        "import importlib.util as u, pathlib as p; s = u.find_spec('llama_cpp'); "
        "print(len(list(p.Path(s.origin).parents[1].glob('bin/*ggml-cpu-*'))) if s else 0)"
    )
    code, output = made.capture("-c", probe)
    return code == 0 and int(output.split()[-1]) > 1


def _note_facts(made: Environment, product: Product) -> None:
    variables = {**made.variables, "PYTHONPATH": str(product.checkout / "packaging")}
    command = [made.python, "-m", "devtool.installers.facts", str(product.facts)]
    with steps.step("listing licences and commands"):
        code, output = steps.capture(command, cwd=product.checkout, env=variables)
    if code:
        print(steps.tail(output))
        raise Problem("The licences of what is shipped cannot be listed.")
    product.about.write_text(product.filled(product.linux / product.about.name), "utf-8")


def _freeze(made: Environment, product: Product) -> None:
    work = product.checkout / "build"
    variables = {
        **made.variables,
        "NOTESAI_FACTS": str(product.facts),
        "NOTESAI_ALL_MODELS": "1" if product.all_models else "0",
    }
    spec = product.checkout / "packaging" / "pyinstaller" / "notesai.spec"
    command = [made.python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(product.target), "--workpath", str(work), str(spec)]
    with steps.step("freezing, minutes"):
        code, output = steps.capture(command, cwd=product.checkout, env=variables)
    if code:
        print(steps.tail(output))
        raise Problem("PyInstaller could not make the program.")
