"""`about`: the version, what is shipped under which licence, and whether there is a newer one."""

from typing import Any

import msgspec

from notesai import about, release
from notesai.cli import session


def tell(*, licences: bool, check: bool, as_json: bool) -> None:
    """Print what was asked for. Raises `RequestError` if a newer version cannot be looked for."""
    newest = release.latest() if check else None
    parts = about.parts() if licences or as_json else ()
    if as_json:
        found: dict[str, Any] = {"version": about.version(), "parts": msgspec.to_builtins(parts)}
        session.print_json(found | ({"latest": msgspec.to_builtins(newest)} if newest else {}))
        return
    session.out.print(f"notesai {about.version()}")
    for part in parts:
        session.out.print(f"{part.name} {part.version}".rstrip(), f" {part.licence}", markup=False)
    if newest is not None:
        news = f"{newest.version} is there: {newest.address}"
        session.out.print(news if newest.newer else "This is the newest version.", markup=False)
