"""One database: engine, session, tables, migrations."""

from storage.people import NotAllowedError, Person, Role, person_of
from storage.workspace import DEFAULT_WORKSPACE, StaleError, Workspace, WorkspaceError, open_workspace

__all__ = [
    "DEFAULT_WORKSPACE",
    "NotAllowedError",
    "Person",
    "Role",
    "StaleError",
    "Workspace",
    "WorkspaceError",
    "open_workspace",
    "person_of",
]
