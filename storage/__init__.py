"""One database: engine, session, tables, migrations."""

from storage.workspace import DEFAULT_WORKSPACE, StaleError, Workspace, WorkspaceError, open_workspace

__all__ = ["DEFAULT_WORKSPACE", "StaleError", "Workspace", "WorkspaceError", "open_workspace"]
