#!/usr/bin/env python3
"""Try a built program on notes of its own, without network and in an empty home.

    python3 packaging/smoke.py FOLDER [--gguf FILE] [--many N] [--chroot ROOT] [--through COMMAND]

FOLDER holds `notesai`. Tries all commands that answer from notes, in both languages: searching,
similar notes, clusters, the map by both methods with its drawings, quoted answers, the protocol for
other programs; with a language model also a generated answer. The settings that it finds are
broken, and are put aside. Needs nothing but Python.
With `--many` there are N more notes, from 1,100 on enough for what lays out large folders.
With `--chroot` the program runs in ROOT, in which FOLDER lies; with `--through` a command runs it
(`qemu-x86_64 -cpu Nehalem`).
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

NOTES = {
    "smoke/퇴비.md": "# 퇴비\n\n퇴비에서 냄새가 나면 마른 낙엽을 더 넣고 뒤집어 준다.\n\n#정원\n",
    "smoke/Compost.md": "# Compost\n\nA smelly heap is too wet: add dry leaves and turn it.\n",
    "smoke/Bread.md": "# Bread\n\nDough that does not rise was kept too cold. See [[Compost]].\n",
}
PAGE = "<title>김치</title><h1>김치 담그기</h1><p>배추를 소금물에 절여 하룻밤 둔다."
HANGUL = Path(__file__).with_name("sample.hwp")
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources"
    b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
    b"4 0 obj<</Length 81>>stream\n"
    b"BT /F 12 Tf 50 700 Td (Prune the quince in late winter, before its sap rises.) Tj ET      \n"
    b"endstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
WORD = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}" '
    'Target="word/document.xml"/></Relationships>',
    "word/document.xml": f'<w:document xmlns:w="{SPACE}"><w:body><w:p><w:r><w:t>'
    "회의록: 분수대 펌프를 월요일에 교체한다.</w:t></w:r></w:p></w:body></w:document>",
}
SUBJECTS = (
    "soil compost leaves worms heap garden spade rain seeds bed mulch roots",
    "dough yeast oven flour salt crust loaf knead bake proof rye sour",
    "kernel thread lock queue cache memory page socket process signal file disk",
    "train ticket station platform seat luggage border map hotel river bridge night",
    "piano chord scale rhythm choir score violin concert tune practice tempo song",
    "배추 소금 고춧가루 마늘 김치 항아리 젓갈 무 파 생강 양념 절임",
    "서버 배포 로그 장애 알림 지표 데이터베이스 백업 복구 부하 캐시 점검",
    "산책 하늘 바람 나무 강물 다리 저녁 노을 구름 벤치 새소리 봄",
)
PATIENCE = 600
"""Seconds that a command may take; an emulated processor is slow."""


def main() -> int:
    """Run all checks. Returns 0 if all passed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gguf", type=Path)
    parser.add_argument("--many", type=int, default=0)
    parser.add_argument("--through", default="")
    parser.add_argument("--chroot", type=Path, default=Path("/"))
    options = parser.parse_args()
    folder: Path = options.folder.resolve()
    program = next(folder.glob("notesai.exe"), folder / "notesai")
    there = options.chroot.resolve() / "tmp" if options.chroot != Path("/") else None
    with tempfile.TemporaryDirectory(dir=there, ignore_cleanup_errors=True) as scratch:
        trial = Trial(program, Path(scratch), options.chroot.resolve(), options.through.split())
        trial.write_notes(folder, options.many)
        trial.run(options.gguf)
    print("all passed" if not trial.failed else f"{trial.failed} failed")
    return int(bool(trial.failed))


class Trial:
    """One program in a home of its own, below `root`, which it takes for the whole disk."""

    def __init__(self, program: Path, scratch: Path, root: Path, through: "list[str]") -> None:
        self.scratch, self.root, self.failed = scratch, root, 0
        enter = ["chroot", str(root)] if root != Path(root.anchor) else []
        self.command = [*enter, *through, self.seen(program)]
        self.vault, self.notes = scratch / "notes", 0

    def write_notes(self, folder: Path, many: int) -> None:
        """The sample notes that the program comes with, those above, and `many` of few words."""
        shutil.copytree(next(folder.rglob("resources/sample-vault")), self.vault)
        made = {f"many/{at:05}.md": sentence(at) for at in range(many)}
        for name, text in {**NOTES, **made}.items():
            (self.vault / name).parent.mkdir(parents=True, exist_ok=True)
            (self.vault / name).write_text(text, "utf-8")
        (self.vault / "smoke/kimchi.html").write_text(PAGE, "utf-8")
        (self.vault / "smoke/quince.pdf").write_bytes(PDF)
        with zipfile.ZipFile(self.vault / "smoke/회의록.docx", "w") as made:
            for name, text in WORD.items():
                made.writestr(name, text)
        shutil.copyfile(HANGUL, self.vault / "smoke/점검.hwp")
        read = (".md", ".txt", ".html", ".pdf", ".docx", ".hwp")
        self.notes = sum(1 for file in self.vault.rglob("*") if file.suffix in read)

    def seen(self, path: Path) -> str:
        """The path as the program sees it."""
        if self.root == Path(self.root.anchor):
            return str(path)
        return "/" + path.relative_to(self.root).as_posix()

    def run(self, gguf: "Path | None") -> None:
        """All checks, one after the other."""
        self.check("version", self.call("--version"), lambda text: text.startswith("notesai "))
        settings = self.scratch / "home" / "config" / "settings.toml"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text("theme = [", "utf-8")
        self.check("index", self.json("index"), lambda it: it["notes"] == self.notes)
        aside = settings.with_name("settings.broken.toml")
        kept = aside.read_text("utf-8") if aside.exists() else None
        self.check("broken settings", kept, lambda it: it == "theme = [")
        self.check("search", self.json("search", "smelly heap"), found("smoke/Compost.md"))
        self.check("search in Korean", self.json("search", "퇴비 냄새"), found("smoke/퇴비.md"))
        self.check(
            "search in a PDF", self.json("search", "prune quince"), found("smoke/quince.pdf")
        )
        self.check("in a Word file", self.json("search", "펌프 교체"), found("smoke/회의록.docx"))
        monday = self.json("search", "매달 첫째 월요일")
        self.check("in a Hangul file", monday, found("smoke/점검.hwp"))
        self.check("in a web page", self.json("search", "배추 소금물"), found("smoke/kimchi.html"))
        similar = self.json("similar", "smoke/Compost.md")
        self.check("similar", similar, lambda it: it["neighbours"])
        self.check("ask", self.json("ask", "Why does compost smell?"), lambda it: it["citations"])
        self.lay_out()
        self.check("doctor", self.json("doctor"), lambda it: it["findings"])
        self.check("mcp", self.asked("search", query="smelly heap"), named("Compost"))
        if gguf is not None:
            model = self.scratch / gguf.name
            shutil.copyfile(gguf, model)
            answer = self.json("ask", "Why does compost smell?", "--model", self.seen(model))
            self.check("ask a model", answer, written)

    def lay_out(self) -> None:
        """Clusters and both maps, once more with what is known from before, and their drawings."""
        self.check("clusters", self.json("clusters"), lambda it: len(it["clusters"]) > 2)
        for method in ("tsne", "pca"):
            files = [self.scratch / f"map.{kind}" for kind in ("png", "svg", "csv")]
            drawn = [word for file in files for word in (f"--{file.suffix[1:]}", self.seen(file))]
            laid = self.json("map", "--method", method, "--anew", *drawn)
            self.check(f"map by {method}", laid, lambda it: len(it["points"]) == self.notes)
            starts = [file.read_bytes()[:5] if file.exists() else b"" for file in files]
            self.check("its drawings", starts, lambda it: it[0] == b"\x89PNG\r" and all(it))
            for file in files:
                file.unlink(missing_ok=True)

    def asked(self, tool: str, **arguments: str) -> str:
        """What `notesai mcp` answers to a call of `tool`, as text."""
        start = {"protocolVersion": "2025-06-18", "capabilities": {}}
        start["clientInfo"] = {"name": "smoke", "version": "1"}  # type: ignore[assignment]
        lines = (
            {"id": 1, "method": "initialize", "params": start},
            {"method": "notifications/initialized"},
            {"id": 2, "method": "tools/call", "params": {"name": tool, "arguments": arguments}},
        )
        command = [*self.command, "mcp", "--vault", self.seen(self.vault)]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self.environment()
        ) as process:
            assert process.stdin is not None and process.stdout is not None
            for line in lines:
                process.stdin.write(json.dumps({"jsonrpc": "2.0", **line}).encode() + b"\n")
            process.stdin.flush()
            # The input stays open: at its end the program leaves without an answer.
            answer = next((line for line in process.stdout if b'"id":2' in line), b"")
            process.stdin.close()
            process.wait(30)
        return answer.decode("utf-8")

    def check(self, name: str, value: object, holds: object) -> None:
        """Print whether `holds` is true of `value`."""
        good = value is not None and bool(holds(value))  # type: ignore[operator]
        self.failed += not good
        print(f"  {name:<20}{'ok' if good else f'FAILED: {str(value)[:400]}'}", flush=True)

    def json(self, *arguments: str) -> "dict[str, object] | None":
        """What a command prints as JSON; None, with its errors shown, if it failed."""
        text = self.call(*arguments, "--json", "--vault", self.seen(self.vault))
        return json.loads(text) if text else None

    def call(self, *arguments: str) -> str:
        """What a command prints; empty if it failed."""
        started = time.monotonic()
        done = subprocess.run(
            [*self.command, *arguments],
            capture_output=True,
            env=self.environment(),
            timeout=PATIENCE,
        )
        print(f"  {time.monotonic() - started:5.1f} s  {' '.join(arguments[:2])}", flush=True)
        if done.returncode:
            print(done.stderr.decode("utf-8", "replace"))
            return ""
        return done.stdout.decode("utf-8")

    def environment(self) -> "dict[str, str]":
        """Variables without what leads to another Python or another notesai."""
        home = self.seen(self.scratch / "home")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "NOTESAI"))}
        return {**kept, "HOME": home, "NOTESAI_HOME": home, "PYTHONUTF8": "1"}


def sentence(at: int) -> str:
    """A short note of its own; its words are those of one of a few subjects."""
    words = SUBJECTS[at % len(SUBJECTS)].split()
    chosen = [words[at // (place + 1) % len(words)] for place in range(6)]
    return f"# {chosen[0]} {at}\n\n{' '.join(chosen)} {words[at % 7]} {at}.\n"


def named(word: str) -> object:
    """Whether the answer is no error, and has the word in it."""
    return lambda text: word in text and '"isError":true' not in text


def written(answer: "dict[str, Any]") -> bool:
    """Whether the model wrote an answer, sources or not: random weights name none."""
    trouble = answer["trouble"] or {}
    return answer["kind"] == "generated" or trouble.get("code") == "llm.unfounded"


def found(path: str) -> object:
    """Whether the first hit is the note at `path`."""
    return lambda it: [hit["path"] for hit in it["hits"]][:1] == [path]


if __name__ == "__main__":
    sys.exit(main())
