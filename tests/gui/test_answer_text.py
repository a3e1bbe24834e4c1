"""Answers as HTML and as Markdown: citations are links, nothing else is."""

import re

import pytest
from scripted_answers import HOSTILE, of

from notesai.gui.asking.answer_markdown import as_markdown, harmless
from notesai.gui.asking.answer_text import (
    Sentence,
    cited_number,
    finished_part,
    render,
    sentences_of,
)
from notesai.gui.asking.exchange import Exchange, Stage
from notesai.gui.reading.html import Renderer, Words
from notesai.model import Answer, AnswerKind, Citation, SentenceCheck, Verdict

SOURCE = Citation(1, "garden/물 주기.md", 3, 10, 20, "Water\nat dawn.", "물 주기", "Summer")


def links(html: str) -> list[str]:
    return re.findall(r'href="([^"]*)"', html)


def test_citations_are_links_and_the_rest_is_markdown() -> None:
    html = render("Water **early** [1, 2], not [7].\n\n- at dawn [1]", (), {1, 2}).html
    assert links(html) == ["notesai-cite:1", "notesai-cite:2", "notesai-cite:1"]
    assert "<b>early</b>" in html and "not [7]." in html and "<li" in html


def test_what_is_hostile_is_text() -> None:
    html = render(HOSTILE, (), {1}).html
    assert links(html) == ["notesai-cite:1", "notesai-cite:1"]
    assert not re.findall(r"<(?:img|script|b>)", html)
    for shown in (
        "javascript:alert(1)",
        "&lt;script&gt;",
        "![x](http://evil",
        "[[Compost]]",
        "#tag",
    ):
        assert shown in html


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("notesai-cite:12", 12),
        ("notesai-cite:", None),
        ("notesai-cite:１", None),
        ("notesai-cite:1/../2", None),
        ("https://notesai-cite:1", None),
        ("file:///etc/passwd", None),
    ],
)
def test_only_our_own_address_is_a_citation(address: str, number: int | None) -> None:
    assert cited_number(address) == number


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("so it is [", "so it is "),
        ("so it is [1", "so it is "),
        ("so it is [1, ", "so it is "),
        ("so it is [1]", "so it is [1]"),
        ("a list [of", "a list [of"),
    ],
)
def test_half_of_a_citation_is_not_shown(text: str, shown: str) -> None:
    assert finished_part(text) == shown


def test_sentences_are_marked_each_for_itself() -> None:
    text = "One [1].Two [2].\n\n- three **four** [1]"
    spans = [Sentence(0, 8, (1,)), Sentence(8, 16, (2,)), Sentence(18, len(text), (1,))]
    shown = render(text, spans, {1, 2})
    opening, closing = shown.marks
    inside = re.findall(f"{opening}(.*?){closing}", shown.html)
    assert [re.sub("<[^>]*>", "", part) for part in inside] == [
        "One [1].",
        "Two [2].",
        "three four [1]",
    ]
    assert shown.order == (0, 1, 2)


@pytest.mark.parametrize("spans", [[(5, 2)], [(-4, 3)], [(0, 900)], [(0, 6), (3, 8)], [(90, 99)]])
def test_checks_that_do_not_fit_the_text_do_no_harm(spans: list[tuple[int, int]]) -> None:
    shown = render("One [1]. Two.", [Sentence(a, b, (1,)) for a, b in spans], {1})
    assert "notesai-cite:1" in shown.html and "Two." in re.sub("[⸀-⹿]", "", shown.html)


def test_without_checks_lines_with_citations_are_sentences() -> None:
    answer = Answer("From notes:\n\n> a [1]\n> b [2]\nend", AnswerKind.EXTRACTIVE, (), ("b",), 1.0)
    found = [
        (answer.answer[s.start : s.end].strip(), s.cited, s.reason) for s in sentences_of(answer)
    ]
    assert found == [("> a [1]", (1,), ""), ("> b [2]", (2,), "words")]


def test_checks_say_what_is_doubtful() -> None:
    checks = (
        SentenceCheck(0, 3, (1,), Verdict.SUPPORTED),
        SentenceCheck(3, 6, (1,), Verdict.UNSUPPORTED, "number"),
        SentenceCheck(6, 9, (), Verdict.UNCITED),
        SentenceCheck(9, 12, (), Verdict.FREE),
    )
    answer = Answer("a. b. c. d. ", AnswerKind.GENERATED, (), (), 1.0, checks=checks)
    assert [one.reason for one in sentences_of(answer)] == ["", "number", "uncited", ""]


def test_quotations_stand_apart() -> None:
    html = render("Notes:\n\n> one [1]\n> two [2]", (), {1, 2}).html
    assert html.count("<blockquote>") == 1 and html.count("<p>") == 3


def exchange(text: str) -> Exchange:
    answer = of(text, (SOURCE,))
    return Exchange(question="When to water?", answer=answer, stage=Stage.DONE)


def test_markdown_has_footnotes_with_links() -> None:
    text = as_markdown(exchange("At dawn [1]. And [2]."), {})
    assert text == (
        "# When to water?\n\nAt dawn [^1]. And \\[2].\n\n"
        "[^1]: [물 주기](garden/%EB%AC%BC%20%EC%A3%BC%EA%B8%B0.md) › Summer: “Water at dawn.”\n"
    )


def test_what_is_copied_loads_nothing_elsewhere() -> None:
    text = as_markdown(exchange(HOSTILE), {})
    html = Renderer(Words()).html(text)
    assert "<img" not in html
    harmful = [href for href in links(html) if href.startswith(("file", "javascript", "note:C"))]
    assert harmful == [] and " ![" not in text and " <img" not in text
    assert harmless("plain text, 3 < 4, a [b] c") == "plain text, 3 < 4, a [b] c"
