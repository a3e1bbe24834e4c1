"""Importing LanceDB without what it loads and notesai never calls."""

import importlib.util
import re
import sys
from types import ModuleType
from typing import Any


class _Deferred(ModuleType):
    """A package that is run only when something is taken from it; its submodules import as ever."""

    def __getattr__(self, name: str) -> Any:
        spec = self.__spec__
        if name.startswith("__") or spec is None or spec.loader is None:
            raise AttributeError(name)
        stand_ins = (n for n, module in sys.modules.items() if isinstance(module, _Classes))
        own = [n for n in stand_ins if n.startswith(f"{self.__name__}.")]
        for module in (self.__name__, *own):
            del sys.modules[module]
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


class _Name:
    """What stands for a class of a package until it is called or something is taken from it."""

    def __init__(self, package: str, name: str) -> None:
        self._package, self._name = package, name

    def _own(self) -> Any:
        module = importlib.import_module(f"{self._package}.{_snake(self._name)}")
        return getattr(module, self._name)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self._own()(*arguments, **named)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._own(), name)


class _Classes(ModuleType):
    """A package of classes, each in the module of its name, that is never run itself."""

    def __getattr__(self, name: str) -> Any:
        if not name[:1].isupper():
            raise AttributeError(name)
        found = _Name(self.__name__, name)
        setattr(self, name, found)
        return found


def defer_classes(name: str) -> None:
    """Put off loading the classes of the package `name`, each until it is used.

    It must hold the class `TableVersion` in its module `table_version`, and so on. What has been
    taken from it meanwhile is no class: it can be called, but nothing can be derived from it.
    """
    spec = importlib.util.find_spec(name)
    if name in sys.modules or spec is None:
        return
    package = _Classes(name)
    package.__spec__ = spec
    package.__path__ = list(spec.submodule_search_locations or ())
    sys.modules[name] = package


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
