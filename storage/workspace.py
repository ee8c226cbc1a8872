"""Opening a workspace: one database that holds documents, termbase, translations and jobs.

A file that is no workspace, is damaged, or was made by a newer version is refused with one sentence and not touched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from storage.people import PERSON, Person, guard

DEFAULT_WORKSPACE = "workspace.db"
_MIGRATIONS = Path(__file__).parent / "migrations"
# The number under which sessions on PostgreSQL ask for the right to write ("正名" as two code points).
_WRITING = 0x6B63_540D
_SQLITE_MARK = b"SQLite format 3\x00"


class WorkspaceError(Exception):
    """The workspace cannot be opened or used. The message is one sentence for a person: what, where, what to do."""


class StaleError(Exception):
    """Somebody else changed meanwhile what is to be saved. The message says so in one sentence."""


class Workspace:
    """An open workspace; make sessions with `session()` to write and `reading()` to look."""

    def __init__(self, location: str, engine: Engine, person: Person | None = None) -> None:
        self.location = location
        self.engine = engine
        self.person = person
        self._sessions = sessionmaker(engine, expire_on_commit=False, info={PERSON: person})
        self._readings = sessionmaker(engine.execution_options(reading=True), autoflush=False, info={PERSON: person})
        self._for_people: dict[Person, Workspace] = {}

    def acting_as(self, person: Person) -> Workspace:
        """The same workspace for a person: what their role may not write is refused with NotAllowedError."""
        if person not in self._for_people:
            engine = self.engine.execution_options(**{PERSON: person})
            self._for_people[person] = Workspace(self.location, engine, person)
        return self._for_people[person]

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the workspace, waits for nobody, and keeps nothing of what is done in it.

        Raises WorkspaceError where the database cannot do its work.
        """
        with self._told(), self._readings() as session:
            yield session

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session that commits at the end of the block, and rolls back if it raises.

        It holds the one right to write from its beginning (others wait for it, on SQLite up to 10 s, on PostgreSQL up to
        60), so that what it has read is still true when it writes: keep it short. Raises WorkspaceError where the database
        cannot do its work: a full disk, a lost server, a lock that is never given back.
        """
        with self._told(), self._sessions.begin() as session:
            yield session

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Trouble of the database in one sentence."""
        try:
            yield
        except OperationalError as error:
            reason = str(error.orig).splitlines()[0]
            raise WorkspaceError(
                f"{self.location}: the workspace cannot be used now ({reason}); what was kept is kept. Mend that, then start again."
            ) from None

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def open_workspace(location: str | Path = DEFAULT_WORKSPACE) -> Workspace:
    """The workspace at a path (SQLite, made if missing) or database URL; older ones are migrated first.

    Raises WorkspaceError for a newer, foreign or broken database, which stays as it was.
    """
    where = str(location)
    if "://" in where:
        # By its name alone the address means whatever driver the library takes for its default.
        url = where.replace("postgresql://", "postgresql+psycopg://", 1)
        shown = url.split("@")[-1]
    else:
        path = Path(where)
        _check_file(path)
        url = f"sqlite:///{path.absolute()}"
        shown = where
    try:
        engine = create_engine(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _sqlite_pragmas)
            event.listen(engine, "begin", _sqlite_begin)
        elif engine.dialect.name == "postgresql":
            event.listen(engine, "begin", _postgresql_begin)
        event.listen(engine, "before_cursor_execute", guard)
        _migrate(engine, shown)
    except ModuleNotFoundError as error:
        raise WorkspaceError(
            f"{shown}: {error.name} is missing; python -m pip install -r requirements-postgresql.txt"
        ) from None
    except (SQLAlchemyError, ImportError) as error:
        reason = str(getattr(error, "orig", None) or type(error).__name__).splitlines()[0]
        raise WorkspaceError(f"{shown}: the workspace cannot be opened ({reason}).") from None
    return Workspace(shown, engine)


def _sqlite_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get("reading") else "BEGIN IMMEDIATE")


def _postgresql_begin(connection: Connection) -> None:
    if connection.get_execution_options().get("reading"):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return
    connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITING})")


def _sqlite_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    # Transactions are begun by _sqlite_begin, not by the driver's own guess.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _check_file(path: Path) -> None:
    """Refuse, before anything is written, a path that cannot be a workspace of ours."""
    if path.is_dir():
        raise WorkspaceError(f"{path}: is a directory; name a file for the workspace.")
    if not path.exists():
        if not path.absolute().parent.is_dir():
            raise WorkspaceError(f"{path}: the directory {path.parent} does not exist; make it first.")
        return
    try:
        with path.open("rb") as file:
            mark = file.read(16)
    except OSError as error:
        raise WorkspaceError(f"{path}: cannot be read ({error.strerror}).") from None
    if not mark:
        return
    if mark != _SQLITE_MARK:
        raise WorkspaceError(f"{path}: is not a Zhengming workspace; name another file, or move this one away.")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            _check_tables(connection, path)
    except sqlite3.DatabaseError as error:
        raise WorkspaceError(f"{path}: the workspace is damaged ({error}); restore it from a copy.") from None


def _check_tables(connection: sqlite3.Connection, path: Path) -> None:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if tables and "alembic_version" not in tables:
        raise WorkspaceError(f"{path}: is a database of another program; name another file for the workspace.")
    verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise WorkspaceError(f"{path}: the workspace is damaged ({verdict.splitlines()[0]}); restore it from a copy.")
    if tables:
        _refuse_newer([row[0] for row in connection.execute("SELECT version_num FROM alembic_version")], str(path))


def _refuse_newer(revisions: list[str], shown: str) -> None:
    # Alembic takes 0.1 s to load, and many commands open no workspace.
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory(str(_MIGRATIONS)).walk_revisions()}
    if not set(revisions) <= known:
        raise WorkspaceError(f"{shown}: was made by a newer version of Zhengming; update the program to open it.")


def _migrate(engine: Engine, shown: str) -> None:
    """Bring the database to the newest revision; nothing is written if it is there already."""
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    head = ScriptDirectory(str(_MIGRATIONS)).get_current_head()
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
        if present == head:
            return
        if present is not None:
            _refuse_newer([present], shown)
        elif inspect(connection).get_table_names():
            raise WorkspaceError(f"{shown}: is a database of another program; name another one for the workspace.")
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
