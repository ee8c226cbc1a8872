"""The edit ledger and the offset map, as properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.draft import Draft
from documents.edits import Edit, apply_edits, undo, write_ledger

_STEPS = st.lists(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.text("xyz", max_size=4)), max_size=5), max_size=4
)
_RAW = st.text("abcd\n關(guān)", max_size=30)


def _winners(edits: list[Edit]) -> list[Edit]:
    """Of two overlapping edits, the one that starts first (then the longer) wins."""
    taken: list[Edit] = []
    end = 0
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if edit.start >= end and not (taken and edit.start == edit.end == taken[-1].start):
            taken.append(edit)
            end = max(end, edit.end)
    return taken


def _drafted(raw: str, steps: list[list[tuple[int, int, str]]]) -> Draft:
    draft = Draft(raw)
    for step in steps:
        length = len(draft.text)
        edits = [Edit(min(a, length), min(a + n, length), new, "kind", "why") for a, n, new in step]
        expected = apply_edits(draft.text, _winners(edits))
        draft.apply(edits)
        assert draft.text == expected
    return draft


@given(_RAW, _STEPS)
def test_steps_compose_and_the_ledger_gives_the_raw_text_back(raw, steps):
    clean = _drafted(raw, steps).finish()
    assert all(a.end <= b.start for a, b in zip(clean.applied, clean.applied[1:], strict=False))
    assert apply_edits(raw, clean.applied) == clean.text
    assert undo(clean.text, write_ledger(clean)) == raw


@given(_RAW, _STEPS)
def test_every_clean_character_maps_to_its_raw_character(raw, steps):
    clean = _drafted(raw, steps).finish()
    offsets = [clean.to_raw(at) for at in range(len(clean.text) + 1)]
    assert offsets == sorted(offsets)
    assert offsets[-1] <= len(raw)
    edited = {at for edit in clean.applied for at in range(edit.start, max(edit.end, edit.start + 1))}
    for at, char in enumerate(clean.text):
        assert raw[offsets[at]] == char if offsets[at] not in edited and offsets[at] < len(raw) else True
    for at in range(len(raw) + 1):
        assert 0 <= clean.offsets.from_raw(at) <= len(clean.text)


@given(_RAW, _STEPS)
def test_kept_and_removed_characters_add_up(raw, steps):
    clean = _drafted(raw, steps).finish()
    assert clean.kept + sum(clean.removed_by_kind().values()) == len(raw)


def test_a_character_that_stayed_keeps_its_offset():
    draft = Draft("天津海關(guān)長")
    draft.apply([Edit(4, 10, "", "pinyin", "injected")])
    draft.apply([Edit(3, 4, "关", "script", "simplified"), Edit(4, 5, "长", "script", "simplified")])
    clean = draft.finish()
    assert clean.text == "天津海关长"
    assert [clean.to_raw(at) for at in range(6)] == [0, 1, 2, 3, 10, 11]


def test_removals_keep_their_own_kind_when_a_later_step_removes_around_them():
    draft = Draft("ab12cd")
    draft.apply([Edit(2, 4, "", "jammer", "noise")])
    draft.apply([Edit(1, 3, "", "chrome", "page")])
    assert draft.finish().removed_by_kind() == {"jammer": 2, "chrome": 2}


def test_proposals_are_kept_but_not_applied_and_go_with_text_that_goes():
    draft = Draft("2015111日 spam")
    draft.apply(
        [
            Edit(0, 8, "2015年1月11日", "date", "two readings", 0.5, applied=False),
            Edit(9, 13, "x", "typo", "?", 0.5, applied=False),
        ]
    )
    draft.apply([Edit(8, 13, "", "spam", "advert")])
    clean = draft.finish()
    assert clean.text == "2015111日"
    assert [edit.kind for edit in clean.proposals] == ["date"]


@pytest.mark.parametrize("offset", [-1, 4])
def test_offsets_outside_the_text_are_refused(offset):
    with pytest.raises(IndexError, match="outside the clean text"):
        Draft("abc").finish().to_raw(offset)
