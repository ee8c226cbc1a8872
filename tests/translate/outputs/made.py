"""Documents for the tests of outputs: a plain one, and any at all."""

from __future__ import annotations

from hypothesis import strategies as st

from glossary import Concept, Glossary
from translate import enforce
from translate.bilingual import BilingualDocument, BilingualSegment
from translate.checks import Flag
from translate.forcing.ledger import LedgerRow, Occurrence

CUSTOMS = Concept("海关总署", "General Administration of Customs")
STATES = ("machine", "edited", "confirmed", "locked")


def document() -> BilingualDocument:
    """One sentence in each state, with a term, and one without English."""
    terms = Glossary((CUSTOMS,))
    segments = []
    for number, state in enumerate(STATES):
        source = f"海关总署<{number}>表示\x01欢迎。"
        forced = enforce(source, f"The General Administration of Customs <{number}> & co. welcomes\x01 it.", terms)
        flag = Flag("x", "error" if number else "warning", "<u>look</u>\x00")
        segments.append(BilingualSegment(number, number, source, forced.text, state, forced.ledger, (flag,), "", 0.25))
    segments.append(BilingualSegment(4, 4, "双方会谈。", "", "failed", (), (), "<engine> died"))
    return BilingualDocument("<name>\x02", "gloss:1", "a gloss", "abc", tuple(segments))


_TEXT = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("\x00\x0b\x1f\ud800\ufffe\r\n\t <&>\"'海关")), max_size=30
)
_SPAN = st.tuples(st.integers(-1, 30), st.integers(-1, 30))


@st.composite
def _segment(draw: st.DrawFn) -> BilingualSegment:
    source, target = draw(_TEXT), draw(_TEXT)
    rows = []
    for (start, end), (first, last) in draw(st.lists(st.tuples(_SPAN, _SPAN), max_size=4)):
        occurrence = Occurrence(start, end, source[start:end], draw(_TEXT), draw(_TEXT), ())
        rows.append(LedgerRow(occurrence, target[first:last], first, last, "engine"))
    flags = tuple(
        Flag("x", severity, text)
        for severity, text in draw(st.lists(st.tuples(st.sampled_from(("error", "warning")), _TEXT), max_size=2))
    )
    state = draw(st.sampled_from((*STATES, "failed")))
    return BilingualSegment(
        0, 0, source, target, state, tuple(rows), flags, draw(_TEXT), draw(st.sampled_from((0.0, 0.5)))
    )


@st.composite
def any_document(draw: st.DrawFn) -> BilingualDocument:
    """Any characters, terms that overlap and lie outside of their text, any state."""
    segments = draw(st.lists(_segment(), max_size=3))
    numbered = (
        BilingualSegment(n, n, s.source, s.target, s.state, s.ledger, s.flags, s.error, s.damage)
        for n, s in enumerate(segments)
    )
    return BilingualDocument(draw(_TEXT), draw(_TEXT), draw(_TEXT), draw(_TEXT), tuple(numbered))
