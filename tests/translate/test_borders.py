"""Names that the border between two segments cuts in two."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glossary import Concept, Glossary
from translate import enforce_document, requests_for

CENTRE = Concept("国际原子能机构核安保培训中心", "IAEA Nuclear Security Training Centre")
AGENCY = Concept("国际原子能机构", "International Atomic Energy Agency", "IAEA")
GLOSSARY = Glossary((CENTRE, AGENCY))


def test_the_segment_that_has_the_name_answers_for_it():
    pairs = [
        ("他参观了国际原子能机构核安", "He visited the"),
        ("保培训中心。", "IAEA Nuclear Security Training Centre."),
    ]
    forced = enforce_document(pairs, GLOSSARY)
    assert [result.text for result in forced] == [target for _, target in pairs]
    assert [len(result.ledger) for result in forced] == [0, 1]


def test_a_name_that_stands_on_neither_side_is_put_where_most_of_it_stands():
    pairs = [("他在国际原子", "He worked at the"), ("能机构工作。", "Atomic Organization.")]
    forced = enforce_document(pairs, GLOSSARY)
    [row] = [row for result in forced for row in result.ledger]
    assert row.outcome in ("repaired", "inserted")
    assert sum("International Atomic Energy Agency" in result.text for result in forced) == 1


def test_what_is_whole_is_not_joined_to_the_next_line():
    requests = requests_for(["国际原子能机构", "核安保培训中心成立。"], GLOSSARY)
    assert [[o.text for o in request.occurrences] for request in requests] == [["国际原子能机构"], []]


@given(st.integers(1, len(AGENCY.source) - 1), st.text("甲乙。", max_size=3), st.text("丙丁，", max_size=3))
def test_wherever_the_border_falls_one_occurrence_is_found(at, before, after):
    sources = [before + AGENCY.source[:at], AGENCY.source[at:] + after]
    found = [(request.source, o) for request in requests_for(sources, GLOSSARY) for o in request.occurrences]
    assert len(found) == 1
    source, occurrence = found[0]
    assert source[occurrence.start : occurrence.end] == occurrence.text
    assert occurrence.concept == AGENCY.source
