"""The workspace: made, opened again, and refused untouched when it is not ours."""

from __future__ import annotations

import sqlite3
import threading

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text

from documents.decisions import Decisions, count_waiting, key_of
from documents.edits import CleanText, Edit, write_ledger
from storage import WorkspaceError, open_workspace
from storage.models import Base, ChangeSetRow, ConceptRow, DocumentRow


def test_a_new_workspace_has_wal_foreign_keys_and_the_tables_of_the_models(tmp_path):
    workspace = open_workspace(tmp_path / "w.db")
    with workspace.engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    workspace.close()


def test_what_is_committed_is_there_when_opened_again_and_what_fails_is_not(tmp_path):
    def row(name: str) -> DocumentRow:
        return DocumentRow(name=name, path="", sha256="", encoding="utf-8", raw="", clean="", ledger="")

    with open_workspace(tmp_path / "w.db").session() as session:
        session.add(row("kept"))
    with pytest.raises(RuntimeError), open_workspace(tmp_path / "w.db").session() as session:
        session.add(row("lost"))
        raise RuntimeError
    with open_workspace(tmp_path / "w.db").session() as session:
        assert [d.name for d in session.query(DocumentRow)] == ["kept"]


def test_an_older_workspace_is_brought_up_to_date_and_keeps_what_it_holds(tmp_path):
    path = tmp_path / "w.db"
    with create_engine(f"sqlite:///{path}").begin() as connection:
        config = Config()
        config.set_main_option("script_location", "storage/migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text(
                "INSERT INTO documents VALUES (1, 'a', 'a.txt', 'x', 'utf-8', 'raw', 'clean', '', '2026-01-01 00:00:00')"
            )
        )
        connection.execute(text("INSERT INTO segments VALUES (1, 1, 0, 0, 0, 5, 'clean')"))
    with open_workspace(path).session() as session:
        [document] = session.query(DocumentRow)
        assert (document.clean, document.damage, [s.source for s in document.segments]) == ("clean", 0.0, ["clean"])


def _refused(path, words: str) -> None:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(WorkspaceError, match=words) as caught:
        open_workspace(path)
    assert "\n" not in str(caught.value)
    if before is not None:
        assert path.read_bytes() == before


def test_foreign_files_are_refused_and_not_touched(tmp_path):
    (tmp_path / "text.db").write_text("this is no database at all", encoding="utf-8")
    _refused(tmp_path / "text.db", "not a Zhengming workspace")
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE songs (name TEXT)")
    other.close()
    _refused(tmp_path / "other.db", "another program")
    _refused(tmp_path, "is a directory")
    _refused(tmp_path / "no" / "w.db", "does not exist")


def test_a_newer_workspace_is_refused_and_not_touched(tmp_path):
    path = tmp_path / "w.db"
    open_workspace(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA journal_mode=DELETE")
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    _refused(path, "newer version")


def test_a_damaged_workspace_is_refused_and_not_touched(tmp_path):
    path = tmp_path / "w.db"
    open_workspace(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA journal_mode=DELETE")
    raw.close()
    data = bytearray(path.read_bytes())
    data[100:4000] = b"\xaa" * 3900
    path.write_bytes(data)
    _refused(path, "damaged")
    path.write_bytes(data[:50])
    _refused(path, "damaged")


def test_an_unreachable_database_is_one_sentence_without_the_password():
    with pytest.raises(WorkspaceError) as caught:
        open_workspace("postgresql+psycopg://user:secret@127.0.0.1:1/none")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_workspace_from_before_the_history_keeps_its_terms_and_gets_a_history(tmp_path):
    path = tmp_path / "w.db"
    config = Config()
    config.set_main_option("script_location", "storage/migrations")
    with create_engine(f"sqlite:///{path}").begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        connection.execute(
            text(
                "INSERT INTO concepts (id, source, scope, category, status, origin, confidence, count, documents, note,"
                " decided, version) VALUES (1, '海关总署', '', '', 'approved', 'person', 1, 0, 0, '', 0, 1)"
            )
        )
    workspace = open_workspace(path)
    with workspace.session() as session:
        assert session.query(ConceptRow).one().source == "海关总署"
        assert session.query(ChangeSetRow).count() == 0
    workspace.close()
    with create_engine(f"sqlite:///{path}").begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
        assert connection.execute(text("SELECT source FROM concepts")).scalar_one() == "海关总署"


def test_postgresql_has_the_tables_of_the_models_and_one_writer_at_a_time(postgresql):
    first, second = open_workspace(postgresql), open_workspace(postgresql)
    with first.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    order = []

    def other() -> None:
        with second.session() as session:
            order.append([row.name for row in session.query(DocumentRow)])

    with first.session() as session:
        session.add(DocumentRow(name="a", path="", sha256="", encoding="utf-8", raw="", clean="", ledger=""))
        session.flush()
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(0.3)
        assert thread.is_alive() and not order
    thread.join(10)
    assert order == [["a"]]
    first.close()
    second.close()


def test_a_database_that_is_not_there_is_told_without_its_password():
    with pytest.raises(WorkspaceError) as caught:
        open_workspace("postgresql://me:secret@127.0.0.1:1/none")
    assert "cannot be opened" in str(caught.value) and "secret" not in str(caught.value)


def test_places_that_wait_are_counted_for_documents_that_are_there_already(tmp_path):
    path = tmp_path / "w.db"
    edits = (
        Edit(0, 1, "a", "typo", "x", 0.9, False),
        Edit(2, 3, "b", "date", "x", 0.5, False),
        Edit(2, 3, "c", "date", "x", 0.5, False),
        Edit(4, 5, "d", "typo", "x", 0.9, False),
        Edit(6, 7, "", "junk", "x", 1.0, True),
        Edit(8, 9, "", "junk", "x", 1.0, False),
    )
    decided = Decisions(frozenset({key_of(edits[5])}), frozenset({key_of(edits[3])}))
    ledger = write_ledger(CleanText("0123456789", "", edits[4:5], (*edits[:4], edits[5])))
    config = Config()
    config.set_main_option("script_location", "storage/migrations")
    with create_engine(f"sqlite:///{path}").begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0007")
        row = "INSERT INTO documents (id, name, path, sha256, encoding, raw, clean, ledger, added) VALUES "
        for number, kept in ((1, ledger), (2, "")):
            values = {"id": number, "name": str(number), "ledger": kept}
            connection.execute(text(row + "(:id, :name, '', '', '', '', '', :ledger, '2026-01-01 00:00:00')"), values)
        for action, keys in (("restore", decided.restored), ("accept", decided.accepted)):
            for key in keys:
                made = "INSERT INTO decisions (document_id, key, action, made) VALUES (1, :key, :action, '2026-01-01 00:00:00')"
                connection.execute(text(made), {"key": key, "action": action})
    with open_workspace(path).session() as session:
        assert [row.waiting for row in session.query(DocumentRow).order_by(DocumentRow.id)] == [2, 0]
    assert count_waiting(edits, decided) == 2
    with create_engine(f"sqlite:///{path}").begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0007")
