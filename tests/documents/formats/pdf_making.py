"""PDFs by hand: text at places, in fonts whose every glyph is a box; what it means stands in their tables only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_PICTURE = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
_IN_FONT = 200


class Drawn(NamedTuple):
    """A text on a page: left end of its baseline in points from the lower left corner, size, its text matrix."""

    x: float
    y: float
    size: float
    text: str
    matrix: str = "1 0 0 1"


def made_pdf(
    pages: Sequence[Sequence[Drawn]],
    pictures: Sequence[int] = (),
    named: bool = True,
    content: bytes | None = None,
) -> bytes:
    """A PDF of A4 pages. Those numbered in `pictures` (from 0) show an image; `content` stands for what all pages draw.

    A character is an em wide, or half an em if it is ASCII. Without `named` no font says which characters it shows.
    """
    signs = sorted({sign for page in pages for one in page for sign in one.text} | {"a"})
    codes = {sign: divmod(at, _IN_FONT) for at, sign in enumerate(signs)}
    fonts = [signs[at : at + _IN_FONT] for at in range(0, len(signs), _IN_FONT)]
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", _stream(_PICTURE, b"\x7f")]
    objects += [_sized(b"%d 0 0 -120 %d 880 d1 0 -120 %d 1000 re f" % ((width,) * 3)) for width in (500, 1000)]
    names = b""
    for number, font in enumerate(fonts):
        objects.append(_sized(_meanings(font) if named else b""))
        objects.append(_font(font, len(objects) if named else 0))
        names += b"/F%d %d 0 R" % (number, len(objects))
    kids = []
    for number, page in enumerate(pages):
        drawn = [_drawn(one, codes) for one in page] + ["q 500 0 0 700 50 50 cm /I Do Q"] * (number in pictures)
        objects.append(_sized(content if content is not None else "\n".join(drawn).encode()))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<<%s>>/XObject<</I 3 0 R>>>>"
            b"/Contents %d 0 R>>" % (names, len(objects))
        )
        kids.append(len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    return _file(objects)


def _drawn(one: Drawn, codes: dict[str, tuple[int, int]]) -> str:
    shown = ""
    last = -1
    for sign in one.text:
        font, code = codes[sign]
        if font != last:
            shown += f"{'> Tj ' if shown else ''}/F{font} {one.size:f} Tf <"
            last = font
        shown += f"{code:02X}"
    return f"BT {one.matrix} {one.x:f} {one.y:f} Tm {shown}> Tj ET"


def _font(signs: Sequence[str], meanings: int) -> bytes:
    widths = " ".join("500" if sign.isascii() else "1000" for sign in signs)
    procedures = "".join(f"/g{at} {4 if sign.isascii() else 5} 0 R" for at, sign in enumerate(signs))
    glyphs = "".join(f"/g{at}" for at in range(len(signs)))
    table = f"/ToUnicode {meanings} 0 R" if meanings else ""
    return (
        f"<</Type/Font/Subtype/Type3/FontBBox[0 -120 1000 880]/FontMatrix[0.001 0 0 0.001 0 0]/FirstChar 0"
        f"/LastChar {len(signs) - 1}/Widths[{widths}]/CharProcs<<{procedures}>>/Resources<<>>{table}"
        f"/Encoding<</Type/Encoding/Differences[0{glyphs}]>>>>"
    ).encode()


def _meanings(signs: Sequence[str]) -> bytes:
    rows = "\n".join(f"<{at:02X}> <{sign.encode('utf-16-be').hex()}>" for at, sign in enumerate(signs))
    return (
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CMapName/A def/CMapType 2 def\n"
        f"1 begincodespacerange<00><FF>endcodespacerange\n{len(signs)} beginbfchar\n{rows}\nendbfchar\nendcmap end end"
    ).encode()


def _sized(body: bytes) -> bytes:
    return _stream(b"<</Length %d>>" % len(body), body)


def _stream(head: bytes, body: bytes) -> bytes:
    return head + b"stream\n" + body + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    written = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    written += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, end)
    return bytes(written)
