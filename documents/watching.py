"""A folder into which documents are put: which of them are whole, and whether there is anything new among them."""

from __future__ import annotations

from pathlib import Path

from documents.reader import find_paths

_State = dict[Path, tuple[int, int]]


class FolderWatch:
    """Looks at a folder and all below it when asked. A file is whole once two looks have found it alike."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: _State = {}
        self._given: _State = {}

    def look(self) -> list[Path]:
        """All whole documents, in order, if there is a new or a changed one among them; else none."""
        now = _state(self._folder)
        whole = {path: state for path, state in now.items() if self._seen.get(path) == state}
        self._seen = now
        if all(self._given.get(path) == state for path, state in whole.items()):
            return []
        self._given = whole
        return list(whole)


def _state(folder: Path) -> _State:
    """Size and time of change of each document there."""
    found = {}
    for path in find_paths([str(folder)]) if folder.is_dir() else ():
        if isinstance(path, Path):
            try:
                status = path.stat()
            except OSError:
                # Gone between two looks.
                continue
            found[path] = (status.st_size, status.st_mtime_ns)
    return found
