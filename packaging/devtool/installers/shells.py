"""What shells complete, made from the commands themselves: bash and zsh."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

Commands = Mapping[str, Mapping[str, Any]]


def completions(templates: Path, commands: Commands) -> dict[str, str]:
    """The completion scripts by shell, "bash" and "zsh", from the files in `templates`."""
    fill = {"bash": _bash, "zsh": _zsh}
    return {
        shell: _filled((templates / f"completion.{shell}").read_text("utf-8"), made(commands))
        for shell, made in fill.items()
    }


def _bash(commands: Commands) -> dict[str, str]:
    models = commands.get("models", {}).get("below", {})
    options = [
        f'        {name}) options="{" ".join(about["options"])}" ;;'
        for name, about in _all(commands)
    ]
    return {
        "COMMANDS": " ".join(name for name, _ in _all(commands)),
        "MODELS": " ".join(models),
        "OPTIONS_BASH": "\n".join(options),
    }


def _zsh(commands: Commands) -> dict[str, str]:
    described = [f"        '{name}:{_quoted(about['help'])}'" for name, about in _all(commands)]
    options = [f"        {name}) _arguments {_taken(about)} ;;" for name, about in _all(commands)]
    return {"COMMANDS_ZSH": "\n".join(described), "OPTIONS_ZSH": "\n".join(options)}


def _taken(about: Mapping[str, Any]) -> str:
    folders = {"--vault": "'--vault[folder of notes]:folder:_files -/'"}
    words = [folders.get(option, f"'{option}'") for option in about["options"]]
    below = " ".join(about["below"])
    return " ".join([*words, f"'1:what:({below})'" if below else "'*:file:_files'"])


def _all(commands: Commands) -> list[tuple[str, Mapping[str, Any]]]:
    return sorted(commands.items())


def _quoted(text: str) -> str:
    return text.replace("'", "’").replace(":", "\\:")


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text
