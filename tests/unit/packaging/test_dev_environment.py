"""The virtual environment: made once, installed into when needed, mended when broken."""

import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from devtool import environment, failures
from devtool.environment import Environment, prepare, project_digest, read_stamp
from devtool.steps import Problem
from hypothesis import given
from hypothesis import strategies as st

Calls = Callable[[], list[str]]


def installs(calls: list[str]) -> list[str]:
    return [line for line in calls if "--editable" in line]


def test_first_time_makes_and_installs(checkout: Path, calls: Calls) -> None:
    prepare(checkout, ("group:test",))
    made = calls()
    assert made[0] == f"-m venv {checkout / '.venv'}"
    assert [line.rsplit(" off ")[1] for line in installs(made)] == ["--editable . --group test"]


def test_second_time_installs_nothing(checkout: Path, calls: Calls) -> None:
    prepare(checkout, ("group:test",))
    calls()
    prepare(checkout, ("group:test",))
    prepare(checkout)
    assert not any("install" in line or "venv" in line for line in calls())


def test_changed_dependencies_are_installed_into_the_same_environment(
    checkout: Path, calls: Calls
) -> None:
    prepare(checkout)
    calls()
    project = checkout / "pyproject.toml"
    project.write_text(project.read_text("utf-8").replace("numpy", "pyarrow"), "utf-8")
    prepare(checkout)
    later = calls()
    assert len(installs(later)) == 1
    assert not any("-m venv" in line for line in later)


def test_parts_are_added_to_those_there_before(checkout: Path, calls: Calls) -> None:
    prepare(checkout, ("group:test",))
    calls()
    prepare(checkout, ("extra:models",))
    assert installs(calls())[0].endswith("--editable .[models] --group test")


def test_pinned_versions_are_handed_on_and_known_again(checkout: Path, calls: Calls) -> None:
    pinned = checkout / "pinned.txt"
    pinned.write_text("numpy==2.0\n", "utf-8")
    prepare(checkout, ("group:test",), pinned)
    assert installs(calls())[0].endswith(f"--group test --constraint {pinned}")
    prepare(checkout, ("group:test",), pinned)
    assert not installs(calls())
    pinned.write_text("numpy==2.1\n", "utf-8")
    prepare(checkout, ("group:test",), pinned)
    assert installs(calls())
    # Tests run with the newest: nothing keeps what was pinned.
    prepare(checkout, ("group:test",))
    assert installs(calls())[0].endswith("--editable . --group test")


def test_settings_of_tools_do_not_change_the_digest(checkout: Path) -> None:
    project, before = checkout / "pyproject.toml", project_digest(checkout)
    text = project.read_text("utf-8")
    project.write_text(text.replace("100", "120"), "utf-8")
    assert project_digest(checkout) == before
    project.write_text(text.replace("numpy", "numpy>=2"), "utf-8")
    assert project_digest(checkout) != before


def test_unreadable_project_is_told(checkout: Path) -> None:
    (checkout / "pyproject.toml").write_text("[project", "utf-8")
    with pytest.raises(Problem, match=r"pyproject\.toml"):
        project_digest(checkout)


@pytest.mark.parametrize(
    ("variable", "value", "fault"),
    [
        ("STARTS", "1", "its Python does not start"),
        ("VERSION", "3 10 26 1", "made with another Python"),
        ("VERSION", "3 14 26 1", "made with another Python"),
    ],
)
def test_broken_environment_is_made_anew(
    checkout: Path,
    calls: Calls,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    variable: str,
    value: str,
    fault: str,
) -> None:
    prepare(checkout, ("group:test",))
    calls()
    monkeypatch.setenv(variable, value)
    prepare(checkout)
    later = calls()
    assert f"removing .venv ({fault})" in capsys.readouterr().out
    assert any("-m venv" in line for line in later)
    assert len(installs(later)) == 1


def test_environment_of_another_folder_is_made_anew(checkout: Path, calls: Calls) -> None:
    prepare(checkout)
    moved = checkout.rename(checkout.with_name("moved"))
    calls()
    prepare(moved)
    assert f"-m venv {moved / '.venv'}" in calls()


def test_install_that_was_cut_short_is_not_trusted(
    checkout: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> tuple[int, str]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(environment, "_pip", interrupted)
        with pytest.raises(KeyboardInterrupt):
            prepare(checkout)
    stamp = read_stamp(Environment(checkout))
    assert stamp is not None
    assert not stamp.complete
    calls()
    prepare(checkout)
    assert any("-m venv" in line for line in calls())


def test_failed_install_keeps_what_was_there(
    checkout: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(checkout)
    before = read_stamp(Environment(checkout))
    with monkeypatch.context() as patch:
        patch.setenv("PIP_EXIT", "1")
        patch.setenv("PIP_SAYS", "Temporary failure in name resolution")
        with pytest.raises(Problem, match="could not reach the package index"):
            prepare(checkout, ("group:test",))
    assert read_stamp(Environment(checkout)) == before
    calls()
    prepare(checkout)
    assert not any("install" in line or "venv" in line for line in calls())


def test_environment_made_by_hand_is_kept(checkout: Path, calls: Calls) -> None:
    prepare(checkout)
    (checkout / ".venv" / "notesai-install.json").unlink()
    (checkout / ".venv" / "mine").touch()
    calls()
    prepare(checkout)
    assert (checkout / ".venv" / "mine").exists()
    assert len(installs(calls())) == 1


def test_dead_link_is_replaced_and_its_target_untouched(checkout: Path, tmp_path: Path) -> None:
    (checkout / ".venv").symlink_to(tmp_path / "gone")
    prepare(checkout)
    assert not (checkout / ".venv").is_symlink()
    assert not (tmp_path / "gone").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Debian takes it apart")
def test_missing_ensurepip_names_the_package(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(shutil, "which", lambda name: name if name == "apt-get" else None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(Problem, match="ensurepip is missing") as caught:
        prepare(checkout)
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    command = f"sudo apt-get install --no-install-recommends {package}"
    assert caught.value.hint == f"To get it: {command}\nThen run this again."


def test_other_pythons_modules_stay_out(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PYTHONHOME", "/elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    variables = Environment(checkout).variables
    assert not {"PYTHONPATH", "PYTHONHOME"} & variables.keys()
    assert variables["PIP_USER"] == "0"
    assert variables["PATH"].startswith(str(checkout / ".venv"))


@given(st.one_of(st.binary(), st.recursive(st.integers(), st.lists).map(lambda v: json.dumps(v))))
def test_any_stamp_file_is_read_or_ignored(
    tmp_path_factory: pytest.TempPathFactory, content: bytes | str
) -> None:
    folder = tmp_path_factory.mktemp("checkout")
    (folder / ".venv").mkdir()
    data = content.encode() if isinstance(content, str) else content
    (folder / ".venv" / "notesai-install.json").write_bytes(data)
    assert read_stamp(Environment(folder)) is None


@pytest.mark.parametrize(
    ("output", "parts", "says", "advises"),
    [
        (
            "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError("
            "'Failed to establish a new connection: [Errno 111] Connection refused')'\n"
            "ERROR: No matching distribution found for hatchling>=1.24",
            (),
            "could not reach the package index",
            "HTTPS_PROXY",
        ),
        ("ERROR: ... CERTIFICATE_VERIFY_FAILED ...", (), "does not trust", "PIP_CERT"),
        ("OSError: [Errno 28] No space left on device", (), "disk is full", "Make room"),
        ("[WinError 112] There is not enough space on the disk", (), "disk is full", "1.5 GB"),
        ("CMake Error: no CXX", ("extra:llm",), "did not compile", "--llm"),
        ("CMake Error: no CXX", (), "could not install", "delete .venv"),
        ("ERROR: ResolutionImpossible", (), "ResolutionImpossible", "delete .venv"),
    ],
)
def test_failures_of_pip_are_explained(
    output: str, parts: tuple[str, ...], says: str, advises: str
) -> None:
    problem = failures.of_pip(output, parts)
    assert says in problem.message
    assert advises in problem.hint
