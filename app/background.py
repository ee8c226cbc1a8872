"""A batch that runs behind the pages: leaving a page, or closing the browser, does not stop it."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Sequence

from storage import Workspace, WorkspaceError
from translate.batch import BatchReport, Progress, translate_documents
from translate.engines import EngineError, get_engine
from translate.forcing.naming import Style


class _PausedError(Exception):
    """Raised between two chunks when a person has asked to pause."""


@dataclasses.dataclass
class Run:
    """A batch and how far it is. `state`: running, pausing, paused, done or failed; `error` says why it failed.

    `done` holds for each document that was begun its segments done and in all; `outcomes` counts names by outcome.
    """

    documents: Sequence[int]
    engine: str
    style: Style
    state: str = "running"
    done: dict[str, tuple[int, int]] = dataclasses.field(default_factory=dict)
    outcomes: tuple[tuple[str, int], ...] = ()
    report: BatchReport | None = None
    error: str = ""
    started: float = dataclasses.field(default_factory=time.monotonic)

    @property
    def active(self) -> bool:
        """Whether it is at work."""
        return self.state in ("running", "pausing")


class BackgroundBatch:
    """The batches of one workspace: one at a time, in a thread of its own."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = threading.Lock()
        self.run: Run | None = None

    def start(self, documents: Sequence[int], engine: str, style: Style) -> bool:
        """Begin with documents, by id; False where a batch is at work already."""
        with self._lock:
            if self.run is not None and self.run.active:
                return False
            self.run = Run(tuple(documents), engine, style)
            # A daemon: the server can be stopped at any moment, and what is done is kept.
            threading.Thread(target=self._work, args=(self.run,), name="Batch", daemon=True).start()
            return True

    def pause(self) -> None:
        """Stop after the sentences that are being translated; `resume` goes on there."""
        with self._lock:
            if self.run is not None and self.run.state == "running":
                self.run.state = "pausing"

    def resume(self) -> None:
        """Go on with what was paused or has failed."""
        run = self.run
        if run is not None and not run.active:
            self.start(run.documents, run.engine, run.style)

    def forget(self) -> None:
        """No batch is shown any more."""
        with self._lock:
            if self.run is not None and not self.run.active:
                self.run = None

    def _work(self, run: Run) -> None:
        def tell(step: Progress) -> None:
            run.done[step.document] = (step.done, step.total)
            run.outcomes = step.outcomes or run.outcomes
            if run.state == "pausing":
                raise _PausedError

        try:
            run.report = translate_documents(self._workspace, run.documents, get_engine(run.engine), tell, run.style)
            run.state = "done"
        except _PausedError:
            run.state = "paused"
        except (EngineError, WorkspaceError) as error:
            run.state, run.error = "failed", str(error)
        except Exception as error:
            # Whatever it was, the person must not wait for it for ever.
            run.state, run.error = "failed", f"The batch broke off ({type(error).__name__}); go on to try again."
