"""Documents of all kinds, made by hand and no larger than they need to be."""

import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return file.getvalue()


def relations(targets: Mapping[str, tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{entries}</Relationships>'


def core(title: str = "", author: str = "", created: str = "") -> str:
    return (
        '<c:coreProperties xmlns:c="urn:core" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>"
        f"<c:created>{created}</c:created></c:coreProperties>"
    )


def docx(body: str, *, title: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    """A Word file with this body; styles 1 and 2 are headings, a the title, list 1 has bullets."""
    styles = "".join(
        f'<w:style w:styleId="{name}"><w:name w:val="{said}"/></w:style>'
        for name, said in {"1": "heading 1", "2": "heading 2", "a": "Title", "t": "toc 1"}.items()
    )
    levels = {
        1: ("bullet", "•", "o"),
        2: ("decimal", "%1.", "%1.%2."),
        3: ("decimal", "제%1조", "%2)"),
    }
    numbering = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">'
        + "".join(
            f'<w:lvl w:ilvl="{depth}"><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for depth, text in enumerate(texts)
        )
        + "</w:abstractNum>"
        for at, (kind, *texts) in levels.items()
    ) + "".join(f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>' for at in levels)
    known = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations({"r1": ("officeDocument", "word/document.xml")}),
        "word/_rels/document.xml.rels": relations(
            {
                "r1": ("styles", "styles.xml"),
                "r2": ("numbering", "numbering.xml"),
                "r3": ("footnotes", "footnotes.xml"),
            }
        ),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}">{numbering}</w:numbering>',
        "docProps/core.xml": core(title, "김저자", "2024-03-01T09:00:00Z"),
    }
    return zipped(known | dict(parts or {}))


def p(text: str, style: str = "", item: tuple[int, int] | None = None) -> str:
    """A paragraph of a Word file; `item` is its list and its depth there."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = (
        f'<w:numPr><w:ilvl w:val="{item[1]}"/><w:numId w:val="{item[0]}"/></w:numPr>'
        if item
        else ""
    )
    return f"<w:p><w:pPr>{named}{listed}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: Sequence[str]) -> str:
    """A table of a Word file."""
    lines = ("".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"


def shape(kind: str | None, lines: Iterable[tuple[str, int]]) -> str:
    """A shape of a slide: what it is for, and its lines with their depth."""
    place = "" if kind is None else f'<p:ph type="{kind}"/>' if kind else "<p:ph/>"
    text = "".join(
        f'<a:p><a:pPr lvl="{depth}"/><a:r><a:t>{line}</a:t></a:r></a:p>' for line, depth in lines
    )
    return f"<p:sp><p:nvSpPr><p:nvPr>{place}</p:nvPr></p:nvSpPr><p:txBody>{text}</p:txBody></p:sp>"


def slide(*shapes: str) -> str:
    """A slide, or the notes to one."""
    return (
        f'<p:sld xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}">'
        f"<p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:sld>"
    )


def pptx(*slides: tuple[str, str], title: str = "") -> bytes:
    """A presentation of slides and the notes to them, stored in the opposite order."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations({"r1": ("officeDocument", "ppt/presentation.xml")}),
        "docProps/core.xml": core(title),
    }
    named = {f"rId{at}": ("slide", f"slides/slide{99 - at}.xml") for at in range(len(slides))}
    for (name, (_, target)), (shown, notes) in zip(named.items(), slides, strict=True):
        parts[f"ppt/{target}"] = shown
        if notes:
            parts[f"ppt/notesSlides/{name}.xml"] = slide(shape("body", [(notes, 0)]))
            parts[f"ppt/slides/_rels/{target.rpartition('/')[2]}.rels"] = relations(
                {"n1": ("notesSlide", f"../notesSlides/{name}.xml")}
            )
    entries = "".join(f'<p:sldId id="{256 + at}" r:id="rId{at}"/>' for at in range(len(slides)))
    parts["ppt/presentation.xml"] = (
        f'<p:presentation xmlns:p="{P}" xmlns:r="{R}"><p:sldIdLst>{entries}</p:sldIdLst>'
        "</p:presentation>"
    )
    parts["ppt/_rels/presentation.xml.rels"] = relations(named)
    return zipped(parts)


def notebook(*cells: Mapping[str, object], language: str = "python") -> bytes:
    """A notebook of these cells."""
    whole = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"language_info": {"name": language}},
        "cells": list(cells),
    }
    return json.dumps(whole, ensure_ascii=False).encode()


def pdf(
    *pages: Sequence[str],
    title: str = "",
    sections: Mapping[int, str | Sequence[str]] | None = None,
    encrypt: bool = False,
) -> bytes:
    """A PDF of these pages, each a few lines; all characters stand in it by their UTF-16 code.

    The font is a CID font that is not embedded, as many Korean programs write it, with a ToUnicode
    map. `sections` are entries of the outline by page, counted from 0.
    """
    objects: list[bytes] = [b"", b""]

    def add(data: bytes) -> int:
        objects.append(data)
        return len(objects)

    def stream(data: bytes, about: bytes = b"") -> bytes:
        packed = zlib.compress(data)
        head = b"<</Length %d/Filter/FlateDecode%s>>" % (len(packed), about)
        return head + b"stream\n" + packed + b"\nendstream"

    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"100 beginbfrange\n"
        + b"".join(b"<%02X00> <%02XFF> <%02X00>\n" % (at, at, at) for at in range(256))
        + b"endbfrange endcmap end end"
    )
    unicode_map = add(stream(cmap))
    info = add(
        b"<</Type/FontDescriptor/FontName/Batang/Flags 4/Ascent 800/Descent -200/CapHeight 700"
        b"/StemV 80/ItalicAngle 0/FontBBox[0 -200 1000 900]>>"
    )
    inner = add(
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Batang/DW 1000/FontDescriptor %d 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>" % info
    )
    font = add(
        b"<</Type/Font/Subtype/Type0/BaseFont/Batang/Encoding/Identity-H"
        b"/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>" % (inner, unicode_map)
    )
    kids: list[int] = []
    for lines in pages:
        shown = b"".join(
            b"BT /F 10 Tf 1 0 0 1 40 %d Tm <%s> Tj ET\n"
            % (800 - 14 * at, line.encode("utf-16-be").hex().encode())
            for at, line in enumerate(lines)
        )
        content = add(stream(shown))
        kids.append(
            add(
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 2000 842]/Contents %d 0 R"
                b"/Resources<</Font<</F %d 0 R>>>>>>" % (content, font)
            )
        )
    outline = b""
    if sections:
        first = len(objects) + 2
        named = [
            (page, name)
            for page, names in sections.items()
            for name in ([names] if isinstance(names, str) else names)
        ]
        root = add(b"<</Type/Outlines/First %d 0 R/Last %d 0 R>>" % (first, first - 1 + len(named)))
        for at, (page, name) in enumerate(named):
            after = b"/Next %d 0 R" % (first + at + 1) if at + 1 < len(named) else b""
            add(
                b"<</Title %s/Parent %d 0 R/Dest[%d 0 R/Fit]%s>>"
                % (_text(name), root, kids[page], after)
            )
        outline = b"/Outlines %d 0 R" % root
    about = add(b"<</Title %s/Author(Kim)/CreationDate(D:20240301090000Z)>>" % _text(title))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R%s>>" % outline
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    secret = b""
    if encrypt:
        made = add(
            b"<</Filter/Standard/V 1/R 2/Length 40/P -44/O<%s>/U<%s>>>" % (b"ab" * 32, b"cd" * 32)
        )
        secret = b"/Encrypt %d 0 R/ID[<%s><%s>]" % (made, b"11" * 16, b"11" * 16)
    return _file(objects, b"/Root 1 0 R/Info %d 0 R%s" % (about, secret))


def _text(text: str) -> bytes:
    return b"<FEFF%s>" % text.encode("utf-16-be").hex().encode()


def _file(objects: Sequence[bytes], trailer: bytes) -> bytes:
    data = bytearray(b"%PDF-1.5\n")
    places: list[int] = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer\n<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )
    return bytes(data)


HP = "http://www.hancom.co.kr/hwpml/2011/paragraph"
HH = "http://www.hancom.co.kr/hwpml/2011/head"
OPF = "http://www.idpf.org/2007/opf/"


def hp(text: str, style: int = 0, shape: int = 0) -> str:
    """A paragraph of a .hwpx file: text or other parts of a run.

    Styles 1 and 2 are outlines, shape 3 is an item of a list.
    """
    inner = text if text.startswith("<") else f"<hp:t>{text}</hp:t>"
    return f'<hp:p paraPrIDRef="{shape}" styleIDRef="{style}"><hp:run>{inner}</hp:run></hp:p>'


def hwpx(*sections: str, title: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    """A Hangul file with these sections, stored in the opposite order."""
    styles = "".join(
        f'<hh:style id="{at}" name="개요 {at}" engName="Outline {at}"/>' for at in (1, 2)
    )
    shapes = '<hh:paraPr id="3"><hh:heading type="BULLET" level="0"/></hh:paraPr>'
    names = [f"section{9 - at}" for at in range(len(sections))]
    items = "".join(
        f'<opf:item id="{name}" href="Contents/{name}.xml"/>' for name in reversed(names)
    )
    spine = "".join(f'<opf:itemref idref="{name}"/>' for name in names)
    known = {
        "mimetype": "application/hwp+zip",
        "Contents/content.hpf": (
            f'<opf:package xmlns:opf="{OPF}"><opf:metadata><opf:title>{title}</opf:title>'
            '<opf:meta name="creator">김저자</opf:meta>'
            '<opf:meta name="CreatedDate">2024-03-01T09:00:00Z</opf:meta></opf:metadata>'
            f"<opf:manifest>{items}</opf:manifest><opf:spine>{spine}</opf:spine></opf:package>"
        ),
        "Contents/header.xml": f'<hh:head xmlns:hh="{HH}">{styles}{shapes}</hh:head>',
        **{
            f"Contents/{name}.xml": f'<s:sec xmlns:s="urn:s" xmlns:hp="{HP}">{body}</s:sec>'
            for name, body in zip(names, sections, strict=True)
        },
    }
    return zipped(known | dict(parts or {}))


def hwp(*, locked: bool = False) -> bytes:
    """A Hangul file of the older kind: two paragraphs, a table, and text that looks like a link."""
    data = bytearray((Path(__file__).parents[1] / "packaging" / "sample.hwp").read_bytes())
    # Its signature takes 32 bytes, its version four; then come its properties.
    data[data.index(b"HWP Document File") + 36] |= 2 * locked
    return bytes(data)
