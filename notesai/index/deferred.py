"""Importing LanceDB without what it loads and notesai never calls."""

import importlib.util
import sys
from types import ModuleType
from typing import Any


class _Deferred(ModuleType):
    """A package that is run only when something is taken from it; its submodules import as ever."""

    def __getattr__(self, name: str) -> Any:
        spec = self.__spec__
        if name.startswith("__") or spec is None or spec.loader is None:
            raise AttributeError(name)
        del sys.modules[self.__name__]
        package = importlib.import_module(self.__name__)
        self.__dict__.update(package.__dict__)
        return getattr(package, name)


def defer(name: str) -> None:
    """Put off running the package `name` until something of it, and not of a submodule, is used."""
    spec = importlib.util.find_spec(name)
    if name in sys.modules or spec is None:
        return
    package = _Deferred(name)
    package.__spec__ = spec
    package.__path__ = list(spec.submodule_search_locations or ())
    sys.modules[name] = package
