"""What a change would do, and where a word stands."""

from __future__ import annotations

import dataclasses

import pytest

import glossary.store.search as search
from documents import RawDocument
from documents.store import keep_document
from glossary import Concept
from glossary.concordance import concordance
from glossary.preview import preview
from glossary.store.search import all_sentences, segments_with
from storage import open_workspace

CUSTOMS = Concept("海关总署", "GACC")
SENTENCES = [
    ("a", "海关总署表示欢迎。"),
    ("a", "中国海关总署办公厅发文。"),
    ("b", "海关人员。"),
    ("c", "“海关总署”说。"),
]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ([CUSTOMS], [CUSTOMS], "changes 0 sentences in 0 documents"),
        ([CUSTOMS], [dataclasses.replace(CUSTOMS, target="Customs")], "changes 3 sentences in 2 documents"),
        ([], [CUSTOMS], "changes 3 sentences in 2 documents"),
        ([CUSTOMS], [], "changes 3 sentences in 2 documents"),
        ([CUSTOMS], [CUSTOMS, Concept("海关总署办公厅", "GO")], "changes 1 sentence in 1 document"),
        ([CUSTOMS], [dataclasses.replace(CUSTOMS, source_variants=("海关",))], "changes 1 sentence in 1 document"),
        ([CUSTOMS], [dataclasses.replace(CUSTOMS, note="n", count=3)], "changes 0 sentences in 0 documents"),
        ([CUSTOMS], [dataclasses.replace(CUSTOMS, status="rejected")], "changes 3 sentences in 2 documents"),
        ([CUSTOMS], [CUSTOMS, Concept("海关", "Customs", status="candidate")], "changes 0 sentences in 0 documents"),
        ([CUSTOMS], [CUSTOMS, Concept("海关", "Customs", scope="b")], "changes 1 sentence in 1 document"),
        ([CUSTOMS], [CUSTOMS, Concept("海关", "Customs", scope="a")], "changes 0 sentences in 0 documents"),
        ([CUSTOMS], [dataclasses.replace(CUSTOMS, forbidden=("X",))], "changes 3 sentences in 2 documents"),
    ],
)
def test_which_sentences_a_change_touches(before, after, said):
    assert str(preview(before, after, SENTENCES)) == said


def test_a_changed_sentence_says_what_stands_in_it():
    found = preview([CUSTOMS], [Concept("海关总署", "Customs")], SENTENCES).changed[0]
    assert (found.document, str(found)) == ("a", "海关总署: GACC → 海关总署: Customs")


@pytest.fixture
def store(tmp_path):
    opened = open_workspace(tmp_path / "w.db")
    with opened.session() as session:
        for name, text in (
            ("one", "天津海关参加“一带一路”倡议。核安全与核安保不同。\n中国—东盟博览会100%开幕。"),
            ("two", "海关总署在IAEA发言。"),
        ):
            keep_document(session, RawDocument(name, f"{name}.txt", text, "utf-8", "0" * 64, 0))
    yield opened
    opened.close()


QUERIES = [
    ("海关", 2),
    ("核", 2),
    ("海关总署", 1),
    ("一带一路倡议", 1),
    ("“一带一路”", 1),
    ("海關總署", 1),
    ("iaea", 1),
    ("中国-东盟博览会", 1),
    ("100%", 1),
    ("%", 1),
    ("_", 0),
    ("东盟_览会", 0),
    ("没有这个词", 0),
    ("' OR 1=1 --", 0),
    ('"', 0),
    ("海关 AND 核", 0),
]


@pytest.mark.parametrize("indexed", [True, False])
@pytest.mark.parametrize(("query", "places"), QUERIES)
def test_a_word_of_any_length_is_found(store, monkeypatch, indexed, query, places):
    if not indexed:
        monkeypatch.setattr(search, "_has_index", lambda session: False)
    with store.session() as session:
        assert len(list(concordance(query, segments_with(session, query)))) == places


def test_the_index_follows_the_documents(store):
    def places(query: str) -> int:
        with store.session() as session:
            return len(list(concordance(query, segments_with(session, query))))

    assert places("海关总署") == 1
    with store.session() as session:
        keep_document(session, RawDocument("two", "two.txt", "辐射监测中心成立。", "utf-8", "1" * 64, 0))
    assert (places("海关总署"), places("辐射监测中心")) == (0, 1)
    with store.session() as session:
        session.connection().exec_driver_sql("DROP TRIGGER segment_search_insert")
        keep_document(session, RawDocument("three", "three.txt", "海关总署再次发文。", "utf-8", "2" * 64, 0))
    assert places("海关总署") == 1


def test_a_line_has_the_word_in_the_middle(store):
    with store.session() as session:
        [line] = concordance("核安保", segments_with(session, "核安保"), width=4)
    assert (line.document, line.segment, line.left, line.word, line.right) == ("one", 2, "核安全与", "核安保", "不同。")
    assert line.shown(10) == "  核安全与[核安保]不同。    "


def test_sentences_come_with_their_documents(store):
    with store.session() as session:
        assert ("two", "海关总署在IAEA发言。") in list(all_sentences(session))
