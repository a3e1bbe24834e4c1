"""What is made: the program's folder, and what was found out about it."""

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Product:
    """A version of notesai, made from `checkout` into `target`; `all_models`: with torch inside."""

    checkout: Path
    target: Path
    version: str
    all_models: bool = False

    @property
    def name(self) -> str:
        """Name of the program's folder."""
        return "notesai-all-models" if self.all_models else "notesai"

    @property
    def program(self) -> Path:
        """The folder that runs anywhere."""
        return self.target / self.name

    @property
    def facts(self) -> Path:
        """Licences, commands, icons and `about`; see the module `facts`."""
        return self.target / "facts"

    @property
    def about(self) -> Path:
        """What a Linux desktop's shop of programs says of this version."""
        return self.facts / "ai.notesai.app.metainfo.xml"

    @property
    def linux(self) -> Path:
        """The files that tie the program to a Linux desktop."""
        return self.checkout / "packaging" / "linux"

    def commands(self) -> dict[str, dict[str, Any]]:
        """The commands of the program, as `facts` wrote them."""
        return json.loads((self.facts / "commands.json").read_text("utf-8"))

    def filled(self, template: Path) -> str:
        """The text of a file with this version and day in it."""
        now = float(os.environ.get("SOURCE_DATE_EPOCH", time.time()))
        day = time.strftime("%Y-%m-%d", time.gmtime(now))
        text = template.read_text("utf-8")
        return text.replace("@VERSION@", self.version).replace("@DATE@", day)
