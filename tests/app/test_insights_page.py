"""The Insights page: its counts on both databases, its words, and where its bars lead."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from app.figures import Figure, Row, as_csv, names, reviewing, sentences
from app.figures.charts import COLOURS, chart, legend
from app.insights import Facts, gather, rewritings, stamp
from storage import Workspace, open_workspace
from storage.models import ConceptRow, DocumentRow, OccurrenceRow, RevisionRow, SegmentRow, TranslationRow
from tests.app.test_pages import opened, shown
from translate.selection import SegmentFilter, count

DAY = datetime.datetime.fromisoformat("2026-11-02T09:30")
NUMBERS = {"check": "numbers", "severity": "warning", "text": 'not found: 215万 "check": "empty"'}
EMPTY = {"check": "empty", "severity": "error", "text": "is empty"}


def sentence(document: int, position: int, state: str = "", damage: float = 0.0, **english: object) -> SegmentRow:
    row = SegmentRow(document_id=document, position=position, paragraph=0, start=0, end=3, source="海关总署。")
    row.damage = damage
    if state:
        given = {"target": "The GACC.", "engine": "gloss:1", "request": "", "flags": [], **english}
        row.translation = TranslationRow(state=state, **given)
    return row


def told_of(concept: str, outcome: str) -> dict[str, object]:
    place = {"source_text": concept, "source_start": 0, "source_end": 2}
    return {"concept": concept, "expected": concept, "outcome": outcome, **place}


def name(concept: str, outcome: str) -> OccurrenceRow:
    return OccurrenceRow(**told_of(concept, outcome))


def revision(
    segment: SegmentRow, state: str, target: str, who: str, made: datetime.datetime, version: int
) -> RevisionRow:
    told = {"segment_id": segment.id, "state": state, "target": target, "who": who, "made": made, "version": version}
    return RevisionRow(**told, engine="gloss:1")


def fill(store: Workspace) -> None:
    """Two documents: five sentences, of which two are confirmed; four names."""
    with store.session() as session:
        for number, damage in ((1, 0.0), (2, 0.2)):
            texts = {"path": "", "sha256": "", "encoding": "utf-8", "raw": "", "clean": "", "ledger": ""}
            session.add(DocumentRow(id=number, name=f"d{number}", damage=damage, **texts))
        session.flush()
        first = sentence(1, 0, "confirmed", target="The General Administration of Customs spoke.", flags=[EMPTY])
        first.translation.occurrences = [name("海关总署", "repaired")]
        second = sentence(1, 1, "machine", flags=[NUMBERS, NUMBERS])
        second.translation.occurrences = [name("海关总署", "hinted"), name("部门", "inserted")]
        third = sentence(2, 0, "locked", target="As made.", damage=0.3, engine="google:2")
        third.translation.occurrences = [name("海关总署", "repaired")]
        rows = [first, second, third, sentence(2, 1), sentence(2, 2, "edited", damage=0.1)]
        session.add_all(rows)
        session.flush()
        session.add_all(
            [
                revision(first, "machine", "The Administration of Customs spoke.", "machine", DAY, 1),
                revision(first, "edited", "Draft.", "li", DAY, 2),
                revision(first, "confirmed", "The General Administration of Customs spoke.", "li", DAY, 3),
                revision(third, "machine", "As made.", "machine", DAY, 1),
                revision(third, "confirmed", "As made.", "王", DAY + datetime.timedelta(days=3), 2),
                revision(third, "locked", "As made.", "chief", DAY + datetime.timedelta(days=9), 3),
            ]
        )
        for source, status in (("海关总署", "approved"), ("部门", "candidate"), ("别处", "candidate")):
            session.add(ConceptRow(source=source, status=status, origin="text", documents=2, count=len(source)))


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Workspace:
    where = tmp_path / "w.db" if request.param == "sqlite" else request.getfixturevalue("postgresql")
    store = open_workspace(where)
    request.addfinalizer(store.close)
    fill(store)
    return store


def test_what_is_counted(filled: Workspace) -> None:
    with filled.reading() as session:
        facts = gather(session)
    assert facts.documents == {1: ("d1", 0.0), 2: ("d2", 0.2)}
    assert facts.states == {
        (1, "confirmed"): 1,
        (1, "machine"): 1,
        (2, "locked"): 1,
        (2, "missing"): 1,
        (2, "edited"): 1,
    }
    assert facts.damaged == {1: 0, 2: 2}
    # A confirmed sentence is not to check, whatever is marked in it.
    assert facts.unread == {1: 1, 2: 1}
    # A flag that quotes another is not that other; a sentence with two of a kind counts once.
    assert facts.flags == {(1, "empty"): 1, (1, "numbers"): 1}
    assert facts.outcomes == {
        (1, "gloss:1", "repaired"): 1,
        (1, "gloss:1", "hinted"): 1,
        (1, "gloss:1", "inserted"): 1,
        (2, "google:2", "repaired"): 1,
    }
    # Repaired in a sentence that a person rewrote; the other stands as the machine made it.
    assert facts.mended == {1: 1, 2: 0}
    assert facts.names == {(1, "海关总署"): 2, (1, "部门"): 1, (2, "海关总署"): 1}
    assert facts.unsettled == {"部门"}
    assert [waiting.source for waiting in facts.waiting] == ["部门", "别处"] and facts.to_decide == 2
    hour = DAY.replace(minute=0)
    assert facts.confirmed == {(1, "li", hour): 1, (2, "王", hour + datetime.timedelta(days=3)): 1}


def test_one_document_alone(filled: Workspace) -> None:
    with filled.reading() as session:
        facts = gather(session)
    alone = facts.of([2])
    assert list(alone.documents) == [2] and set(alone.damaged) == {2} and alone.unread.total() == 1
    for counter in (alone.states, alone.outcomes, alone.names, alone.confirmed):
        assert counter and all(key[0] == 2 for key in counter)
    assert not alone.flags and alone.to_decide == 2
    assert facts.of([]) is facts


def test_how_much_was_changed(filled: Workspace) -> None:
    with filled.reading() as session:
        found = sorted(rewritings(session), key=lambda row: row.document_id)
    assert [(row.words, row.changed, row.engine) for row in found] == [(6, 1, "gloss:1"), (2, 0, "gloss:1")]
    # Locking what was confirmed is no new confirmation.
    assert found[1].confirmed == DAY + datetime.timedelta(days=3)
    assert reviewing.one_in(1, 8) == "One word in 8"
    assert reviewing.one_in(3, 4) == "75 % of the words"
    assert reviewing.one_in(0, 4) == "Not one word"


def test_the_stamp_tells_every_change(filled: Workspace) -> None:
    def now() -> tuple[object, ...]:
        with filled.reading() as session:
            return stamp(session)

    seen = {now()}
    for change in (
        lambda session: setattr(session.get_one(TranslationRow, 2), "state", "edited"),
        lambda session: session.add(OccurrenceRow(translation_id=2, **told_of("部门", "engine"))),
        lambda session: session.delete(session.get_one(SegmentRow, 4)),
        lambda session: setattr(session.get_one(DocumentRow, 1), "damage", 0.5),
        lambda session: setattr(session.get_one(ConceptRow, 2), "status", "approved"),
    ):
        with filled.session() as session:
            change(session)
        assert now() not in seen
        seen.add(now())


def test_the_review_page_finds_what_a_bar_counts(filled: Workspace) -> None:
    with filled.reading() as session:
        facts = gather(session)
        figures = [sentences.states(facts), sentences.marks(facts), sentences.states(facts.of([1]))]
        for figure in figures:
            for row in figure.rows:
                wanted = {key: int(value) if key == "document" else value for key, value in row.where}
                wanted["document_id"] = wanted.pop("document", 0)
                assert count(session, SegmentFilter(**wanted)) == row.number, row
        # Each engine's bars are shares; no sentence here has two names that came to stand in the same way.
        for row in names.engines(facts).rows:
            filters = dict(row.where)
            here = sum(n for (_, *way), n in facts.outcomes.items() if way == [filters["engine"], filters["outcome"]])
            assert count(session, SegmentFilter(**filters)) == here > 0, row  # type: ignore[arg-type]


def facts(**given: object) -> Facts:
    return Facts(
        **{
            **{key: {} for key in ("states", "damaged", "unread", "flagged", "outcomes", "mended", "flags", "names")},
            **{"documents": {}, "confirmed": {}, "unsettled": frozenset(), "waiting": (), "to_decide": 0},
            **given,
        }  # type: ignore[arg-type]
    )


def test_many_people_and_days_become_few_bars() -> None:
    found = {(1, f"p{at}", DAY + datetime.timedelta(days=at % 3)): 10 - at for at in range(8)}
    figure = reviewing.progress(facts(documents={1: ("d", 0.0)}, confirmed=found), None, datetime.UTC)
    assert figure.shape == "days" and len({row.group for row in figure.rows}) == 5
    assert sum(row.number for row in figure.rows) == sum(found.values())
    assert "p0 confirmed the most (10 of 52)" in figure.reading
    whole = reviewing.cumulative(figure).rows
    assert [row.what[:10] for row in whole] == ["2026-11-02", "2026-11-03", "2026-11-04"] and whole[-1].number == 52
    late = reviewing.progress(facts(confirmed=found), DAY + datetime.timedelta(days=30), datetime.UTC)
    assert not late.rows and "Choose a longer one" in late.reading
    zone = datetime.timezone(datetime.timedelta(hours=8))
    hours = reviewing.progress(facts(confirmed={(1, "p", DAY): 1}), None, zone)
    assert hours.shape == "hours" and hours.rows[0].what == "2026-11-02T17:00"


def test_the_document_of_a_figure_is_in_its_links() -> None:
    counted = {(7, "gloss:1", "hinted"): 3, (7, "gloss:1", "unresolved"): 1}
    rows = names.outcomes(facts(documents={7: ("d", 0.0)}, outcomes=counted)).rows
    assert [dict(row.where) for row in rows] == [
        {"document": "7", "outcome": "hinted"},
        {"document": "7", "outcome": "unresolved"},
    ]
    assert [row.said for row in rows] == ["3 (75 %)", "1 (25 %)"]


def test_a_chart_holds_texts_as_data_only() -> None:
    evil = "datum.x'];<b>[a](b)"
    figure = Figure("k", "T", "R", "n", "stacked", (Row(evil, 1, "1", "red", evil, (("flag", "x"),)), Row("b", 2, "2")))
    spec = chart(figure)
    values = spec.pop("data")["values"]
    assert values[0]["what"] == f"{evil} · 1"
    spec["encoding"]["color"].pop("scale")
    assert evil not in str(spec)
    assert legend(figure) == [(evil, COLOURS["red"])]
    assert "params" in spec and "params" not in chart(Figure("k", "T", "R", "n", rows=(Row("a", 1, "1"),)))


def test_the_colours_read_on_both_themes() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for colour in COLOURS.values():
        for ground in ("#fdfcfa", "#16191e"):
            darker, lighter = sorted((light(colour), light(ground)))
            assert (lighter + 0.05) / (darker + 0.05) >= 3


def test_the_table_is_safe_for_a_spreadsheet() -> None:
    rows = (Row("=HYPERLINK(1)", 2, "2", group="@x"), Row("2026-11-02T00:00", 1, "1"))
    data = as_csv([Figure("k", "T", "R", "sentences", "days", rows)])
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert read[0] == ["figure", "what", "part", "number", "unit"]
    assert read[1][2] == "'@x" and read[1][1].startswith("'=") and read[2][1] == "2026-11-02"


def test_an_empty_workspace_says_how_to_begin(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGMING_WORKSPACE", str(tmp_path / "new.db"))
    app = opened(root, "insights")
    assert "no documents yet" in app.info[0].value and not app.metric


def links(app: AppTest) -> list[dict[str, list[str]]]:
    return [parse_qs(link.proto.query_string) for link in app.get("page_link")]


def test_the_page_over_a_workspace(root: Path, store: Workspace) -> None:
    app = opened(root, "insights")
    values = {metric.label: metric.value for metric in app.metric}
    assert values["Words changed"] == "–" and values["Sentences confirmed"] == "0"
    assert any("Nothing is confirmed yet" in text.value for text in app.markdown)
    with store.session() as session:
        row = session.query(TranslationRow).filter(TranslationRow.occurrences.any()).first()
        changed, segment = row.target, row.segment_id
        session.add(
            RevisionRow(segment_id=segment, version=1, target=changed, state="machine", engine="gloss:1", who="m")
        )
        row.state, row.target, row.version = "confirmed", f"{changed} indeed", 2
        session.add(
            RevisionRow(
                segment_id=segment, version=2, target=row.target, state="confirmed", engine="gloss:1", who="<b>me</b>"
            )
        )
    app.run()
    assert not app.exception
    values = {metric.label: metric.value for metric in app.metric}
    assert values["Sentences confirmed"] == "1" and values["Words changed"].startswith("1 in ")
    assert "&lt;b&gt;me" in shown(app) and "<b>me" not in shown(app)
    charts = app.get("arrow_vega_lite_chart") or app.get("vega_lite_chart")
    assert charts and all(chart.proto.alt for chart in charts)


def test_the_filter_narrows_what_is_counted_already(root: Path, store: Workspace) -> None:
    app = opened(root, "insights")
    with store.session() as session:
        before = count(session, SegmentFilter(document_id=1, state="check"))
        session.query(TranslationRow).update({"flags": [NUMBERS]})
    app.selectbox("insights_document").set_value(1)
    app.run()
    assert not app.exception
    values = {metric.label: metric.value for metric in app.metric}
    # A busy workspace is not counted anew for a filter, only when the page is opened or something is done.
    assert values["Sentences to check"] == str(before)
    assert "Documents with the most marks" not in [text.value for text in app.subheader]
    app.session_state["list_states"] = True
    app.run()
    assert {"document": ["1"], "state": ["machine"]} in links(app)
    values = {metric.label: metric.value for metric in app.metric}
    assert int(values["Sentences to check"]) > before


def test_a_document_that_is_gone_is_no_filter_any_more(root: Path, store: Workspace) -> None:
    app = opened(root, "insights")
    app.selectbox("insights_document").set_value(1)
    app.run()
    with store.session() as session:
        session.delete(session.get_one(DocumentRow, 1))
    app.run()
    assert not app.exception and app.metric
    assert app.selectbox("insights_document").value == 0
