from pathlib import Path

import pytest

from notesai.embedding.provenance import Provenance, told_by


@pytest.mark.parametrize(
    ("text", "licence", "languages"),
    [
        ("---\nlicense: mit\nlanguage: ko\n---\n# x", "mit", ("ko",)),
        (
            "---\nlicense: apache-2.0\nlanguage:\n- ko\n- en\n- ko\n---\n",
            "apache-2.0",
            ("ko", "en"),
        ),
        ("---\nlicense: other\nlicense_name: gemma\n---", "gemma", ()),
        ("---\nlanguage: [multilingual, xx]\n---\n", "", ("en", "ko", "ja", "zh")),
        ("---\nlanguage: no\n---\n", "", ("no",)),
        ("---\nlanguage: zh-CN\n---\n", "", ("zh",)),
        ("---\nlanguage: {a: 1}\nlicense: [1, {}]\n---\n", "1", ()),
        ("# no front matter", "", ()),
        ("---\nnever closed", "", ()),
        ("---\n- a list\n---", "", ()),
        ("---\n: [\n---", "", ()),
        ("---\nlicense: mit\nlanguage: " + "[" * 5000 + "\n---", "", ()),
        ("---\nmodel-index:\n" + "- a: {b: [1]}\n" * 20_000 + "license: mit\n---", "mit", ()),
        ("---\r\nlicense: mit\r\n---\r\nlanguage: ko", "mit", ()),
        ("", "", ()),
    ],
)
def test_front_matter(text: str, licence: str, languages: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(text, "utf-8")
    assert told_by(tmp_path / "README.md") == Provenance(licence, languages)


def test_no_readme(tmp_path: Path) -> None:
    assert told_by(tmp_path / "README.md") == Provenance()
    assert told_by(tmp_path) == Provenance()
