"""The engine follows a map without the libraries that lay it out."""

import subprocess
import sys

HEAVY = ("sklearn", "scipy", "openTSNE", "threadpoolctl")


def test_the_engine_loads_nothing_that_only_a_layout_needs():
    script = f"""
import sys
import notesai.engine.server, notesai.maps.following, notesai.maps.views
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert ended.stdout.decode().strip() == "[]"
