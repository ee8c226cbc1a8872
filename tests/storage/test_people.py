"""What each role may write: tried through every door to the database that SQLAlchemy has."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, insert, select, text, update

from storage import NotAllowedError, Person, Workspace, open_workspace
from storage.models import (
    Base,
    ConceptRow,
    DocumentRow,
    NameRow,
    SegmentRow,
    SettingRow,
    SignInRow,
    TranslationRow,
    UserRow,
)
from storage.people import ROLES, for_nobody, needed_role, person_of, this_person

READER, REVIEWER, TERMINOLOGIST, ADMINISTRATOR = (Person(role, role) for role in ROLES)


def filled(location: str) -> Workspace:
    """A document with one translated sentence, a concept with a name, and a user."""
    workspace = open_workspace(location)
    with workspace.session() as session:
        document = DocumentRow(name="d", path="", sha256="", encoding="utf-8", raw="", clean="", ledger="")
        segment = SegmentRow(position=0, paragraph=0, start=0, end=1, source="甲")
        segment.translation = TranslationRow(target="A", engine="gloss", request="")
        document.segments.append(segment)
        concept = ConceptRow(source="甲", status="approved", origin="person")
        concept.names.append(NameRow(role="target", text="A"))
        session.add_all([document, concept, UserRow(name="boss", role="administrator")])
    return workspace


@pytest.fixture
def workspace(tmp_path):
    opened = filled(str(tmp_path / "w.db"))
    yield opened
    opened.close()


def everything(workspace: Workspace) -> dict[str, list]:
    with workspace.engine.connect() as connection:
        return {t.name: sorted(map(repr, connection.execute(t.select()))) for t in Base.metadata.sorted_tables}


def _dirty(session):
    session.scalars(select(UserRow)).one().role = "reader"


def _removed_child(session):
    concept = session.scalars(select(ConceptRow)).one()
    concept.names.clear()
    session.flush()


def _replaced_collection(session):
    session.scalars(select(ConceptRow)).one().names = [NameRow(role="target", text="B")]


def _through_the_connection(session):
    session.connection().execute(update(UserRow).values(role="reader"))


def _plain_sql_of_the_driver(session):
    session.connection().exec_driver_sql("/* SELECT */ UpDaTe  users SET role = 'reader'")


def _the_raw_table(session):
    session.execute(UserRow.__table__.insert().values(name="x", role="administrator"))


def _inside_a_cte(session):
    changed = delete(SignInRow).where(SignInRow.key == "").returning(SignInRow.key).cte("gone")
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("WITH gone AS (SELECT 1) DELETE FROM users"))
    session.execute(select(changed))


# Way to write → what only a terminologist or an administrator may; each is tried as a reviewer.
WAYS = {
    "flush of a new row": lambda s: s.add(SettingRow(name="engine", value="google")),
    "flush of a changed row": _dirty,
    "flush of a deleted row": lambda s: s.delete(s.scalars(select(ConceptRow)).one()),
    "child taken out of a relationship": _removed_child,
    "relationship set anew": _replaced_collection,
    "ORM insert": lambda s: s.execute(insert(UserRow).values(name="x", role="administrator")),
    "ORM bulk insert": lambda s: s.execute(insert(UserRow), [{"name": "x", "role": "a"}, {"name": "y", "role": "a"}]),
    "ORM bulk update by key": lambda s: s.execute(update(UserRow), [{"id": 1, "role": "reader"}]),
    "ORM update": lambda s: s.execute(update(UserRow).values(role="reader")),
    "ORM delete": lambda s: s.execute(delete(UserRow)),
    "query.delete": lambda s: s.query(ConceptRow).delete(),
    "query.update": lambda s: s.query(UserRow).update({"role": "reader"}),
    "bulk_save_objects": lambda s: s.bulk_save_objects([UserRow(name="x", role="administrator")]),
    "bulk_insert_mappings": lambda s: s.bulk_insert_mappings(UserRow, [{"name": "x", "role": "administrator"}]),
    "bulk_update_mappings": lambda s: s.bulk_update_mappings(UserRow, [{"id": 1, "role": "reader"}]),
    "Core on the table": _the_raw_table,
    "connection of the session": _through_the_connection,
    "text": lambda s: s.execute(text("DELETE FROM users")),
    "text with a schema and quotes": lambda s: s.execute(text('DELETE FROM "users" WHERE 1 = 1')),
    "driver": _plain_sql_of_the_driver,
    "inside a CTE": _inside_a_cte,
    "drop": lambda s: s.execute(text("DROP TABLE users")),
    "alter": lambda s: s.execute(text("ALTER TABLE users ADD COLUMN x TEXT")),
}


def refused(workspace: Workspace, way: str) -> None:
    before = everything(workspace)
    with (
        pytest.raises(NotAllowedError, match="As reviewer you cannot"),
        workspace.acting_as(REVIEWER).session() as session,
    ):
        WAYS[way](session)
        session.flush()
    assert everything(workspace) == before, way


@pytest.mark.parametrize("way", WAYS)
def test_no_way_to_write_goes_round_the_role(workspace, way):
    refused(workspace, way)


def test_nor_on_postgresql(postgresql):
    workspace = filled(postgresql)
    for way in WAYS:
        refused(workspace, way)
    with pytest.raises(NotAllowedError), workspace.acting_as(REVIEWER).session() as session:
        # Its driver takes several statements at once.
        session.connection().exec_driver_sql("SELECT 1; DROP TABLE users")
    with pytest.raises(NotAllowedError), workspace.acting_as(REVIEWER).session() as session:
        session.connection().exec_driver_sql("UPDATE ONLY public.users SET role = 'reader'")
    workspace.close()


def test_the_engine_of_a_persons_workspace_is_no_way_round_either(workspace):
    with pytest.raises(NotAllowedError), workspace.acting_as(REVIEWER).engine.begin() as connection:
        connection.execute(delete(UserRow))
    with pytest.raises(NotAllowedError), workspace.acting_as(REVIEWER).reading() as session:
        session.execute(delete(UserRow))
        session.commit()


@pytest.mark.parametrize("way", [way for way in WAYS if way not in ("inside a CTE", "drop", "alter")])
def test_an_administrator_may_go_each_of_these_ways(workspace, way):
    before = everything(workspace)
    with workspace.acting_as(ADMINISTRATOR).session() as session:
        WAYS[way](session)
    assert everything(workspace) != before


def test_a_reader_writes_nothing_at_all(workspace):
    before = everything(workspace)
    for table in Base.metadata.sorted_tables:
        with pytest.raises(NotAllowedError), workspace.acting_as(READER).session() as session:
            session.execute(table.delete())
    assert everything(workspace) == before


@pytest.mark.parametrize("person", [REVIEWER, TERMINOLOGIST, ADMINISTRATOR])
def test_each_role_may_write_its_tables_and_those_of_the_roles_before(workspace, person):
    for table in Base.metadata.sorted_tables:
        allowed = person.may(needed_role(table.name))
        try:
            with workspace.acting_as(person).session() as session:
                session.execute(table.delete().where(text("1 = 0")))
        except NotAllowedError:
            assert not allowed, table.name
        else:
            assert allowed, table.name


def test_rows_that_go_with_a_document_go_by_the_database_and_leave_the_termbase(workspace):
    with workspace.acting_as(REVIEWER).session() as session:
        session.delete(session.scalars(select(DocumentRow)).one())
    left = everything(workspace)
    assert left["segments"] == left["translations"] == []
    assert len(left["concept_names"]) == 1


def test_what_was_written_before_the_refusal_is_not_kept(workspace):
    with pytest.raises(NotAllowedError), workspace.acting_as(REVIEWER).session() as session:
        session.execute(update(TranslationRow).values(target="half"))
        session.execute(update(ConceptRow).values(note="too far"))
    with workspace.reading() as session:
        assert session.scalars(select(TranslationRow.target)).one() == "A"


def test_reading_and_locking_are_no_writing(workspace):
    with workspace.acting_as(READER).session() as session:
        assert session.scalars(select(UserRow.name).with_for_update()).all() == ["boss"]
        assert session.execute(text("SELECT 'UPDATE', count(*) FROM users -- DELETE FROM users")).one()[1] == 1
    with workspace.acting_as(READER).reading() as session:
        assert session.scalars(select(TranslationRow.target)).one() == "A"
        assert person_of(session) == READER


def test_words_of_a_person_in_a_value_are_no_statement(workspace):
    with workspace.acting_as(REVIEWER).session() as session:
        session.execute(update(TranslationRow).values(target="x'; DELETE FROM users; UPDATE concepts SET note = 'x"))
    with workspace.reading() as session:
        assert session.scalars(select(UserRow.name)).all() == ["boss"]


def test_a_role_that_does_not_exist_is_none_and_an_unknown_table_is_the_administrators():
    assert not any(Person("x", "boss").may(role) for role in ROLES)  # type: ignore[arg-type]
    assert needed_role("table_of_tomorrow") == "administrator"
    assert [READER.may(role) for role in ROLES] == [True, False, False, False]
    assert [TERMINOLOGIST.may(role) for role in ROLES] == [True, True, True, False]
    assert this_person().may("administrator")


def test_what_the_program_does_by_itself_is_let_through_and_nothing_after_it(workspace):
    with workspace.acting_as(READER).session() as session, pytest.raises(NotAllowedError):
        with for_nobody(session) as connection:
            connection.exec_driver_sql("CREATE TABLE looked_up (word TEXT)")
        session.execute(text("DELETE FROM users"))
