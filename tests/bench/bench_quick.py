"""Quick search: from the press of the hotkey to the painted window, in a running app's process.

    python tests/bench/bench_quick.py [VAULT] [--times 30] [--here]

Starts the real window, engine, hotkey and quick search under Xvfb with openbox (or on the display
there is, with --here); xdotool presses the key in another program. The X server stamps the key in
milliseconds of the monotonic clock, which is what the paint is compared with. Between two presses
a query is typed, so that there are results and a preview to show.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from notesai.paths import sample_vault

APP = """
import json, subprocess, sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from notesai.gui import app as module
from notesai.gui.desktop.presence import Presence

times, figures = int(sys.argv[2]), []

class Watch(QObject):
    def __init__(self, presence):
        super().__init__(presence)
        self.presence, self.pressed = presence, 0
        presence.hotkey.pressed.connect(self.note)
        QTimer.singleShot(6000, self.press)

    def note(self, token):
        self.pressed = int(token)

    def press(self):
        self.quick = self.presence.quick
        self.quick.hide()
        self.quick.removeEventFilter(self)
        self.quick.installEventFilter(self)
        self.waiting = True
        subprocess.Popen(["xdotool", "key", "--clearmodifiers", "ctrl+shift+space"])

    def eventFilter(self, watched, event):
        if self.waiting and event.type() is QEvent.Type.Paint and self.quick.isVisible():
            self.waiting = False
            QTimer.singleShot(0, self.painted)
        return False

    def painted(self):
        figures.append(time.clock_gettime(time.CLOCK_MONOTONIC) * 1000 - self.pressed)
        self.quick.field.set_query(("install", "설치", "pipeline", "")[len(figures) % 4])
        if len(figures) < times:
            QTimer.singleShot(700, self.press)
        else:
            print(json.dumps(figures), flush=True)
            QApplication.quit()

class Watched(Presence):
    def __init__(self, *rest):
        super().__init__(*rest)
        Watch(self)

module.Presence = Watched
sys.exit(module.run(Path(sys.argv[1]), ["notesai"]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vault", type=Path, nargs="?", default=sample_vault())
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--here", action="store_true", help="use the display there is")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        environment = {**os.environ, "NOTESAI_HOME": name, "QT_QPA_PLATFORM": "xcb"}
        servers: list[subprocess.Popen[bytes]] = []
        if not arguments.here:
            environment["DISPLAY"] = ":94"
            servers.append(subprocess.Popen(["Xvfb", ":94", "-screen", "0", "1280x800x24"]))
            time.sleep(1)
            if shutil.which("openbox"):
                servers.append(subprocess.Popen(["openbox"], env=environment))
                time.sleep(0.5)
        try:
            command = [sys.executable, "-c", APP, str(arguments.vault), str(arguments.times)]
            done = subprocess.run(
                command, env=environment, stdout=subprocess.PIPE, text=True, check=True
            )
        finally:
            for server in reversed(servers):
                server.terminate()
                server.wait()
    show(json.loads(done.stdout.splitlines()[-1]))


def show(milliseconds: list[float]) -> None:
    ordered = sorted(milliseconds)
    figures = {
        "presses": len(ordered),
        "first_ms": round(milliseconds[0], 1),
        "median_ms": round(statistics.median(ordered), 1),
        "p95_ms": round(ordered[int(0.95 * (len(ordered) - 1))], 1),
        "longest_ms": round(ordered[-1], 1),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
