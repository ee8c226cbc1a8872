"""Word documents that are damaged, hostile or strange: a FormatError at most, and nothing lost on the way."""

from __future__ import annotations

import io
import random
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.formats.base import FormatError, Mark, Text
from tests.documents.formats.broken import check_damaged, outcome
from tests.documents.formats.test_docx import BOLD, LINK, SPACES, WORD, field, made, packed, part, run, sign


@pytest.mark.parametrize("content", [b"", b"plain text", b"PK\x03\x04"])
def test_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(FormatError):
        WORD.read(content)


def test_entities_are_neither_resolved_nor_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("秘密")
    data = packed(f"<w:p>{run('甲')}</w:p>")
    declared = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    body = f"{declared}<w:document {SPACES}><w:body><w:p><w:r><w:t>甲&e;</w:t></w:r></w:p></w:body></w:document>"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, body if name == "word/document.xml" else old.read(name))
    try:
        texts = WORD.read(out.getvalue())
    except FormatError:
        texts = []
    assert "秘密" not in "".join(one.text for one in texts)


def test_damaged_files_give_format_errors_only() -> None:
    data = made()
    check_damaged(WORD, data, len(data) // 40, 60)


def broken(data: bytes, name: str, chance: random.Random) -> bytes:
    """The package with a few tags or values of one part taken out, doubled or exchanged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            content = old.read(member)
            if member == name:
                pieces = re.split(rb'(<[^>]+>|"[^"]*")', content)
                for _ in range(chance.randint(1, 4)):
                    left, right = chance.randrange(len(pieces)), chance.randrange(len(pieces))
                    pieces[left], pieces[right] = chance.choice(
                        [(b"", pieces[right]), (pieces[left] * 2, pieces[right]), (pieces[right], pieces[left])]
                    )
                content = b"".join(pieces)
            new.writestr(member, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "name", ["word/document.xml", "word/_rels/document.xml.rels", "_rels/.rels", "word/comments.xml"]
)
def test_damaged_parts_give_format_errors_only(name: str) -> None:
    data, chance = made(), random.Random(11)
    for _ in range(40):
        outcome(WORD, broken(data, name, chance))


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes_give_format_errors_only(data: bytes) -> None:
    outcome(WORD, data)
    outcome(WORD, b"PK\x03\x04" + data)


@pytest.mark.parametrize(
    "unit",
    [
        ("<w:hyperlink>", "</w:hyperlink>"),
        ("<w:p>", "</w:p>"),
        (sign("begin"), sign("end")),
        (sign("begin") + sign("separate"), sign("end")),
        ("<w:r><w:ruby><w:rubyBase>", "</w:rubyBase></w:ruby></w:r>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<mc:AlternateContent><mc:Fallback>", "</mc:Fallback></mc:AlternateContent>"),
    ],
)
@pytest.mark.parametrize("depth", [10, 60, 200, 900, 5000])
def test_absurd_nesting_ends_soon(unit: tuple[str, str], depth: int) -> None:
    outcome(WORD, packed(f"<w:p>{unit[0] * depth}{run('甲')}{unit[1] * depth}</w:p>"))


PIECES = {
    "plain": run("甲乙"),
    "bold": run("丙", BOLD),
    "link": LINK,
    "tab": "<w:r><w:tab/></w:r>",
    "picture": "<w:r><w:drawing/></w:r>",
    "page": field("PAGE", run("3")),
    "empty": field("XE", ""),
    "begin": sign("begin"),
    "separate": sign("separate"),
    "end": sign("end"),
    "instruction": "<w:r><w:instrText>REF</w:instrText></w:r>",
    "inserted": f'<w:ins w:id="1">{run("丁")}{LINK}</w:ins>',
    "crossing": f'<w:ins w:id="1">{sign("begin")}{run("戊")}</w:ins>',
    "start": '<w:bookmarkStart w:id="1"/>',
    "stop": '<w:bookmarkEnd w:id="1"/>',
    "linked picture": "<w:hyperlink><w:r><w:drawing/></w:r></w:hyperlink>",
    "ruby": f"<w:r><w:ruby><w:rt>{run('ji')}</w:rt><w:rubyBase>{run('己')}</w:rubyBase></w:ruby></w:r>",
}
KEPT = ("drawing", "bookmarkStart", "bookmarkEnd", "tab")


@pytest.mark.parametrize("thing", ["picture", "linked picture"])
def test_a_picture_within_a_field_that_has_no_place_stays(thing: str) -> None:
    names = ("begin", thing, "separate", "bold", "end", "bold")
    data = packed(f"<w:p>{run('甲')}{''.join(PIECES[name] for name in names)}</w:p>")
    written = part(WORD.fill(data, {0: Text("English")}))
    assert written.count("<w:drawing") == 1
    assert [written.count(f'fldCharType="{kind}"') for kind in ("begin", "separate", "end")] == [1, 1, 1]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(sorted(PIECES)), min_size=1, max_size=12), st.data())
def test_nothing_between_characters_is_lost(names: list[str], chance: st.DataObject) -> None:
    data = packed(f"<w:p>{''.join(PIECES[name] for name in names)}</w:p>")
    texts = WORD.read(data)
    if not texts:
        return
    (old,) = texts
    assert len({mark.code for mark in old.marks}) == len(old.marks)
    assert all(0 <= mark.start <= mark.end <= len(old.text) for mark in old.marks)
    english = "An English text of 3 words"
    marks = []
    for mark in old.marks:
        if chance.draw(st.booleans()):
            start, end = sorted(chance.draw(st.tuples(*[st.integers(-2, len(english) + 2)] * 2)))
            marks.append(Mark(start, start if mark.start == mark.end else end, mark.code))
    written = WORD.fill(data, {0: Text(english, tuple(marks))})
    before, after = part(data), part(written)
    for name in KEPT:
        assert before.count(f"<w:{name}") == after.count(f"<w:{name}"), name
    if "begin" not in names and "crossing" not in names:
        (new,) = WORD.read(written)
        assert new.text.replace(" ", "") == english.replace(" ", "")
    signs = [piece.partition('"')[0] for piece in after.split('fldCharType="')[1:]]
    old_signs = [piece.partition('"')[0] for piece in before.split('fldCharType="')[1:]]
    surplus = [kinds.count("begin") - kinds.count("end") for kinds in (signs, old_signs)]
    assert surplus[0] == surplus[1]
