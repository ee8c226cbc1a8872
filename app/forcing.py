"""A changed name is forced at once into every sentence that holds it, behind the pages."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Sequence

import streamlit as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.again import draw_anew
from app.borrowed import borrowed
from app.language import nt, t
from app.session import index_now, say, shared_workspace
from app.settings import load_settings
from glossary.store.history import last_change, names_changed_since
from storage import Workspace, WorkspaceError
from storage.models import SettingRow, TranslationRow
from translate.batch import refresh, refresh_holding
from translate.engines import EngineError, engine_names, get_engine

# The number of the last change set that was carried over stands in the workspace under this name.
_CARRIED = "carried_over"
_EVERY = 0.7
# Beyond so many names every sentence is looked at: cheaper than looking for each.
_MOST_NAMES = 300


@dataclasses.dataclass
class Forcing:
    """What is being brought in line. `done` sentences so far; `error` says why it could not be."""

    active: bool = False
    done: int = 0
    error: str = ""


class ForcingQueue:
    """The changed names of one workspace, worked off in a thread of its own; `seen`: the last change set looked at."""

    def __init__(self, workspace: Workspace, seen: int) -> None:
        self._workspace = workspace
        self.seen = seen
        self._lock = threading.Lock()
        self._waiting: list[tuple[str, str]] = []
        self._idle = threading.Event()
        self._idle.set()
        self.now = Forcing()

    def add(self, engine: str, names: Sequence[str]) -> None:
        """Chinese names whose English has changed; sentences that hold them are asked of `engine` again."""
        with self._lock:
            self._waiting += [(engine, name) for name in names if name]
            if not self._waiting or self.now.active:
                return
            self.now = Forcing(active=True)
            self._idle.clear()
            threading.Thread(target=self._work, name="Forcing", daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Whether everything is done within so many seconds."""
        return self._idle.wait(seconds)

    def _work(self) -> None:
        while True:
            with self._lock:
                engine = self._waiting[0][0] if self._waiting else ""
                names = [name for of, name in self._waiting if of == engine]
                self._waiting = [item for item in self._waiting if item[0] != engine]
                if not names:
                    self.now.active = False
                    self._idle.set()
                    return
            try:
                if len(names) <= _MOST_NAMES:
                    with self._workspace.reading() as session:
                        index = index_now(session)
                    report = refresh_holding(self._workspace, get_engine(engine), names, index)
                else:
                    report = refresh(self._workspace, get_engine(engine))
                self.now.done += report.translated
            except (EngineError, WorkspaceError) as error:
                self.now.error = str(error)
            except Exception as error:
                # Whatever it was: the page must not wait for ever, and the next change is to be carried out.
                self.now.error = type(error).__name__


@st.cache_resource(show_spinner=False)
def _queue(location: str) -> ForcingQueue:
    workspace = shared_workspace()
    with workspace.session() as session:
        kept = session.get(SettingRow, _CARRIED)
        if kept is None:
            kept = SettingRow(name=_CARRIED, value=last_change(session))
            session.add(kept)
        return ForcingQueue(workspace, int(kept.value))


def _others(session: Session, chosen: str) -> list[str]:
    """The offline engines beside the chosen one that made some of the English: each keeps its own sentences in line."""
    made = select(TranslationRow.engine).where(TranslationRow.state == "machine").distinct()
    kinds = {signature.partition(":")[0] for signature in session.scalars(made) if signature}
    kinds -= {member.name for member in get_engine(chosen).members}
    engines = [get_engine(name) for name in engine_names() if name in kinds]
    return [engine.name for engine in engines if not engine.online and engine.readiness().ready]


def carry_over(patience: float = 0) -> None:
    """Bring the sentences in line that hold a name changed since the last look, by whomever; for every run of a page.

    What is not done within `patience` seconds goes on behind the page.

    An online engine is never asked by itself: there the pages offer it.
    """
    where = shared_workspace()
    queue = _queue(where.location)
    with where.reading() as session:
        newest = last_change(session)
        if newest <= queue.seen:
            return
        names = names_changed_since(session, queue.seen)
        chosen = load_settings(session).engine
        engines = [] if get_engine(chosen).online else [chosen, *_others(session, chosen)]
    queue.seen = newest
    with where.session() as session:
        session.merge(SettingRow(name=_CARRIED, value=newest))
    if not names or not engines:
        return
    for engine in engines:
        queue.add(engine, names)
    if queue.wait(patience):
        _tell(queue)
    else:
        st.session_state["forcing_watched"] = True


def watch_forcing() -> None:
    """While sentences are being brought in line, look now and then, and draw the page anew when they are."""
    queue = _queue(shared_workspace().location)
    if not st.session_state.get("forcing_watched"):
        return

    def ended() -> None:
        del st.session_state["forcing_watched"]
        _tell(queue)

    @st.fragment(run_every=_EVERY)
    def progress() -> None:
        if queue.now.active:
            st.caption(t(":material/sync: The glossary is being carried into the sentences …"))
            return
        draw_anew(ended)

    progress()


def _tell(queue: ForcingQueue) -> None:
    if queue.now.error:
        say(
            t("The English could not be brought in line ({reason}).", reason=borrowed(queue.now.error)),
            ":material/warning:",
        )
    elif queue.now.done:
        say(nt("{n} sentence has new English.", "{n} sentences have new English.", queue.now.done), ":material/sync:")
        queue.now.done = 0
