"""What the frozen program has for the library of 6 MB with which SciPy solves linear programs.

SciPy loads it along with all of `scipy.optimize`. notesai, and the libraries that group notes and
lay them out, solve none.
"""

from typing import Any


class _Missing:
    """Whatever SciPy names of the library as it is loaded."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Missing(name)

    def __call__(self, *arguments: object, **named: object) -> Any:
        raise NotImplementedError(f"{self._name}: linear programs are not part of notesai")


def __getattr__(name: str) -> Any:
    # What Python itself looks for in a module, and whose absence it understands.
    if name.startswith("__"):
        raise AttributeError(name)
    return _Missing(name)
