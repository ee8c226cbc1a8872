"""Marks of the Chinese stand on the English that renders what they stood on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from documents.formats import Mark, Text
from glossary import Concept, Glossary
from translate import enforce
from translate.bilingual import BilingualSegment
from translate.markup import Piece, english_text

GLOSSARY = Glossary(
    (
        Concept("海关总署", "General Administration of Customs", status="approved"),
        Concept("国际原子能机构", "International Atomic Energy Agency", "IAEA", status="approved"),
    )
)


def piece(source: str, target: str, start: int = 0) -> Piece:
    done = enforce(source, target, GLOSSARY)
    segment = BilingualSegment(0, 0, source, done.text, "machine", done.ledger)
    return Piece(segment, range(start, start + len(source)))


def marked(source: str, target: str, *stretches: str) -> list[str]:
    """What the marks on these stretches of the source stand on in the English."""
    marks = tuple(Mark(source.index(part), source.index(part) + len(part), code) for code, part in enumerate(stretches))
    made = english_text(Text(source, marks), [piece(source, target)])
    return [made.text[mark.start : mark.end] for mark in sorted(made.marks, key=lambda mark: mark.code)]


def test_a_name_keeps_its_mark():
    source = "海关总署与国际原子能机构签署协议。"
    target = "The General Administration of Customs and the International Atomic Energy Agency signed an agreement."
    assert marked(source, target, "国际原子能机构", "海关总署") == [
        "International Atomic Energy Agency",
        "General Administration of Customs",
    ]


def test_a_word_keeps_its_mark_where_the_english_moves_it():
    source = "会议在北京举行，海关总署参加。"
    target = "The General Administration of Customs took part in the meeting in Beijing."
    assert marked(source, target, "北京") == ["Beijing"]


def test_a_mark_on_all_stands_on_all():
    assert marked("海关总署表示欢迎。", "The General Administration of Customs welcomed it.", "海关总署表示欢迎") == [
        "The General Administration of Customs welcomed it."
    ]


def test_what_stands_between_characters_stays_behind_its_word():
    source = "海关总署表示欢迎。双方签署协议。"
    first, second = "海关总署表示欢迎。", "双方签署协议。"
    pieces = [
        piece(first, "The General Administration of Customs welcomed it."),
        piece(second, "Both sides signed an agreement.", len(first)),
    ]
    marks = (Mark(0, 0, 1), Mark(4, 4, 2), Mark(9, 9, 3), Mark(16, 16, 4))
    made = english_text(Text(source, marks), pieces)
    where = {mark.code: made.text[: mark.start] for mark in made.marks}
    assert where[1] == ""
    assert where[2].endswith("General Administration of Customs")
    assert where[3].rstrip() == "The General Administration of Customs welcomed it."
    assert where[4] == made.text


@given(
    st.text("海关总署国际原子能机构与，。abc", min_size=1, max_size=30),
    st.text("abc General Administration of Customs,.", max_size=60),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=5),
)
def test_marks_lie_in_the_english_and_nest_as_they_did(source, target, places):
    spans = [tuple(sorted((min(a, len(source)), min(b, len(source))))) for a, b in places]
    marks = tuple(Mark(start, end, code) for code, (start, end) in enumerate(spans))
    made = english_text(Text(source, marks), [piece(source, target)])
    assert all(0 <= mark.start <= mark.end <= len(made.text) for mark in made.marks)
    # A thing between characters is never lost.
    assert {m.code for m in marks if m.start == m.end} <= {m.code for m in made.marks}
    for one in made.marks:
        for other in made.marks:
            if one.start < other.start < one.end:
                apart = spans[one.code][1] <= spans[other.code][0] or spans[other.code][1] <= spans[one.code][0]
                assert other.end <= one.end or not apart
