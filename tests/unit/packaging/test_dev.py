"""dev.py as people meet it: its words, its exit codes, what it runs and in which order."""

import ast
import errno
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from devtool import checks, commands, launch, steps, system
from devtool.environment import Environment
from devtool.steps import Problem

PACKAGING = Path(__file__).resolve().parents[3] / "packaging"

COMMON = {"why", "what", "does", "not", "makes", "bad"}
Calls = Callable[[], list[str]]
CI = PACKAGING.parent / ".ci" / "run"

_spec = importlib.util.spec_from_file_location("notesai_dev", PACKAGING / "dev.py")
assert _spec is not None
assert _spec.loader is not None
dev = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(dev)


def asked(calls: list[str], program: str) -> list[str]:
    return [line.split(f"-m {program} ")[1] for line in calls if f"-m {program} " in line]


def lacking(monkeypatch: pytest.MonkeyPatch, lacks: tuple[system.Need, ...]) -> None:
    monkeypatch.setattr(system, "missing", lambda needs: [n for n in needs if n in lacks])


@pytest.fixture
def without_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "has_display", lambda: False)


@pytest.fixture
def complete_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "missing", lambda _: [])


def test_dev_py_is_readable_for_an_old_python() -> None:
    ast.parse((PACKAGING / "dev.py").read_text("utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize(
    ("version", "fits"),
    [
        ((3, 10, 14), False),
        ((3, 11, 0), True),
        ((3, 13, 9), True),
        ((3, 14, 0), False),
        ((4, 0, 0), False),
    ],
)
def test_suitable_versions(version: tuple[int, ...], fits: bool) -> None:
    assert dev.suitable(version) is fits


def test_unsuitable_python_is_told_what_to_do() -> None:
    old = dev.advice((3, 9, 2), "/usr/bin/python3", [], "linux")
    assert "Python 3.9.2 (/usr/bin/python3) is too old" in old
    assert "3.11, 3.12 or 3.13" in old
    assert "apt-get install python3 python3-venv" in old
    new = dev.advice((3, 14, 1), "python", [], "darwin")
    assert "newer than" in new
    assert "brew install python@3.13" in new
    found = dev.advice((3, 14, 1), "python", ["python3.12", "python3.11"], "linux")
    assert found.endswith("python3.12 packaging/dev.py run")


def test_a_program_that_does_not_run_is_no_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, code in (("python3.13", 127), ("python3.12", 0)):
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {code}\n", "utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [name for name in ("python3.13", "python3.12", "python3.11") if dev.starts(name)] == [
        "python3.12"
    ]


def test_arguments_of_test_go_to_pytest() -> None:
    options, rest = commands.parse(["test", "-k", "a or b", "tests/unit", "--co"])
    assert options.command == "test"
    assert rest == ["-k", "a or b", "tests/unit", "--co"]


@pytest.mark.parametrize(
    ("cores", "arguments", "many"),
    [(2, [], "2"), (2, ["-x", "-k", "map"], "2"), (16, [], "4"), (1, [], ""), (2, ["-n0"], "")],
)
def test_tests_run_in_a_process_for_each_core(
    monkeypatch: pytest.MonkeyPatch, cores: int, arguments: list[str], many: str
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    _, command = checks.checks(Environment(Path()), arguments)[-1]
    chosen = command[command.index("--numprocesses") + 1] if "--numprocesses" in command else ""
    assert chosen == many
    assert command[len(command) - len(arguments) :] == arguments


@pytest.mark.parametrize("arguments", [[], ["fly"], ["run", "--tex"], ["system", "x"]])
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        commands.main(arguments)
    assert caught.value.code == 2
    assert "usage: dev.py" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (Problem("It rained.", "Take an umbrella."), 1, "\nIt rained.\nTake an umbrella.\n"),
        (KeyboardInterrupt(), 130, "Stopped."),
        (OSError(errno.ENOSPC, "No space left on device"), 1, "The disk is full."),
        (PermissionError(errno.EACCES, "Permission denied", "/x/.venv"), 1, "/x/.venv: Permission"),
        (OSError(errno.EIO, "Input/output error", "/x"), 1, "/x: Input/output error."),
    ],
)
def test_failures_end_in_words(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    words: str,
) -> None:
    def fail(*_: object, **__: object) -> int:
        raise error

    monkeypatch.setattr(checks, "test", fail)
    assert commands.main(["test"]) == code
    assert words in capsys.readouterr().err


def test_a_bug_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "test", lambda *_, **__: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        commands.main(["test"])


def test_a_step_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with steps.step("thinking"):
        pass
    with pytest.raises(Problem), steps.step("failing"):
        raise Problem("no")
    assert capsys.readouterr().out == "  thinking ... 0.0 s\n  failing ... failed\n"


def test_capture_of_what_does_not_exist() -> None:
    code, output = steps.capture(["notesai-no-such-program"])
    assert code == 127
    assert "notesai-no-such-program" in output


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("deaf", ["INT", "INT TERM"])
def test_a_child_that_ignores_ctrl_c_is_ended(monkeypatch: pytest.MonkeyPatch, deaf: str) -> None:
    monkeypatch.setattr(steps, "_GRACE", 0.1)
    monkeypatch.setattr(steps, "_LAST_GRACE", 0.1)
    press = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        press.start()
        steps.call(["sh", "-c", f"trap '' {deaf}; while :; do sleep 0.02; done"])
    press.join()


@pytest.mark.usefixtures("complete_system")
def test_all_checks_run_though_the_first_fails(
    checkout: Path, calls: Calls, capfd: pytest.CaptureFixture[str]
) -> None:
    assert checks.test(checkout, ["-k", "x"]) == 1
    ran = calls()[-5:]
    assert ran[0].startswith("-m ruff check")
    assert ran[1].startswith("-m ruff format --check")
    assert ran[2].startswith("-m pyright")
    assert ran[3].startswith("lint-imports")
    assert ran[4].startswith("-m pytest ") and ran[4].endswith(" -k x")
    said = capfd.readouterr().out
    assert "ruff speaks" in said
    step = said.split("\n\npytest\n")[1].split("\n\n")
    assert step[0].splitlines()[-1] == "== 7 passed in 0.10s =="
    assert said.rstrip().endswith("FAILED: ruff check")


def test_summary_of_success() -> None:
    lines = checks.summary([checks.Outcome("pytest", 0, 61.25)]).splitlines()
    assert lines == ["  pytest        ok         61.2 s", "  all checks ok"]


def test_benchmarks_are_found_by_name(
    checkout: Path, calls: Calls, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = checkout / "tests" / "bench"
    folder.mkdir(parents=True)
    (folder / "bench_search.py").touch()
    with pytest.raises(Problem) as caught:
        checks.bench(checkout, ["map"])
    assert caught.value.message == "No benchmark is called map."
    assert caught.value.hint == "There are: search."
    assert checks.bench(checkout, ["search"]) == 0
    ran = calls()
    assert any("--editable .[models]" in line for line in ran)
    assert ran[-1] == str(folder / "bench_search.py")


@pytest.mark.usefixtures("without_display")
def test_without_a_display_the_job_is_done_in_the_terminal(
    checkout: Path, calls: Calls, capfd: pytest.CaptureFixture[str]
) -> None:
    assert launch.run(checkout, None, text=False, llm=False) == 0
    vault = f"--vault {checkout / 'resources' / 'sample-vault'}"
    english, korean = launch.SAMPLE_QUERIES
    assert asked(calls(), "notesai") == [
        f"index {vault}",
        f"search {english} -k 3 {vault}",
        f"search {korean} -k 3 {vault}",
        f"search {english} -k 1 --json {vault}",
        f"similar 여행/Jeju.md -k 3 {vault}",
        f"ask {launch.SAMPLE_QUESTION} {vault}",
        f"status {vault}",
    ]
    said = capfd.readouterr().out
    assert "no display" in said
    assert "Done: " in said
    assert "index     /i\n" in said
    assert "rm -r /d /c   (index, settings, logs)" in said


def test_text_is_done_in_the_terminal_with_a_display(
    checkout: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "has_display", lambda: True)
    monkeypatch.setenv("ASK_EXIT", "1")
    assert launch.run(checkout, None, text=True, llm=False) == 1
    assert asked(calls(), "notesai")[-1].startswith("status")


def test_nothing_more_is_asked_when_the_search_fails(
    checkout: Path,
    calls: Calls,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("INDEX_EXIT", "3")
    monkeypatch.setenv("SEARCH_EXIT", "1")
    assert launch.run(checkout, None, text=True, llm=False) == 3
    assert asked(calls(), "notesai")[-1].startswith("search")
    assert "Done" not in capfd.readouterr().out


def test_with_a_display_the_window_opens(
    checkout: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "has_display", lambda: True)
    lacking(monkeypatch, system.HANGUL)
    monkeypatch.setattr(system, "can_install", lambda: False)
    assert launch.run(checkout, checkout, text=False, llm=False) == 0
    assert asked(calls(), "notesai") == [f"--vault {checkout}"]


def test_without_its_libraries_the_window_gives_way(
    checkout: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "has_display", lambda: True)
    lacking(monkeypatch, system.QT)
    monkeypatch.setattr(system, "can_install", lambda: False)
    assert launch.run(checkout, None, text=False, llm=False) == 0
    assert asked(calls(), "notesai")[0].startswith("index")


def test_llm_is_installed_when_asked_for(
    checkout: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "missing", lambda _: [])
    launch.run(checkout, None, text=True, llm=True)
    assert any(line.endswith("--editable .[llm]") for line in calls())


@pytest.mark.parametrize(
    ("options", "target"),
    [([], "."), (["--llm"], ".[llm]"), (["--models", "--llm"], ".[llm,models]")],
)
def test_tests_install_what_they_are_asked_to_try(
    checkout: Path,
    calls: Calls,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    target: str,
) -> None:
    monkeypatch.setattr(system, "missing", lambda _: [])
    monkeypatch.setattr(commands, "CHECKOUT", checkout)
    commands.main(["test", *options])
    [line] = [line for line in calls() if "--editable" in line]
    assert f"--editable {target} " in line and "--group test" in line


def test_vault_that_is_no_folder(checkout: Path) -> None:
    with pytest.raises(Problem, match="There is no folder"):
        launch.run(checkout, checkout / "pyproject.toml", text=True, llm=False)


def test_questions_for_another_vault_are_its_newest_notes(tmp_path: Path) -> None:
    for age, name in enumerate(["--weekly-review.md", "장보기_목록.md", "old.md"]):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (10_000 - age, 10_000 - age))
    asks = launch.questions(tmp_path, sample=False)
    assert asks.searches == ("weekly review", "장보기 목록")
    assert asks.question == "weekly review"
    (tmp_path / "empty").mkdir()
    assert launch.questions(tmp_path / "empty", sample=False).searches == ("empty",)


@pytest.mark.parametrize("query", [*launch.SAMPLE_QUERIES, launch.SAMPLE_QUESTION])
def test_the_sample_questions_fit_the_sample_notes(query: str) -> None:
    vault = PACKAGING.parent / launch.SAMPLE
    notes = [note.read_text("utf-8").lower() for note in vault.rglob("*.md")]
    words = {word for word in query.lower().strip("?").split() if word not in COMMON}
    assert max(sum(word in note for word in words) for note in notes) >= 2


def test_interrupt_ends_quietly_with_130(checkout: Path) -> None:
    shutil.copytree(PACKAGING, checkout / "packaging")
    sleeper = checkout / ".venv" / "bin" / "python"
    sleeper.parent.mkdir(parents=True)
    sleeper.write_text('#!/bin/sh\necho awake >> "$CALLS"\nexec sleep 60\n', "utf-8")
    sleeper.chmod(0o755)
    process = subprocess.Popen(
        [sys.executable, "packaging/dev.py", "run", "--text"],
        cwd=checkout,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    log, deadline = Path(os.environ["CALLS"]), time.monotonic() + 20
    while not log.read_text("utf-8") and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.strip() == "Stopped. Run the same command to go on."


@pytest.mark.skipif(shutil.which("bash") is None or os.name == "nt", reason="no bash")
def test_ci_takes_the_first_suitable_python(tmp_path: Path) -> None:
    for name, code in (("python3", 1), ("python3.13", 127), ("python3.12", 0)):
        text = f'#!/bin/sh\n[ "$1" = -c ] && exit {code}\necho "{name} $*"\n'
        (tmp_path / name).write_text(text, "utf-8")
        (tmp_path / name).chmod(0o755)
    ran = subprocess.run(
        [CI, "-q"],
        env={"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "CI": "true"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert ran.stdout == "python3.12 packaging/dev.py test --models --llm -q\n"
    assert ran.returncode == 0
