"""Files taken in behind the pages: leaving Home, or closing the browser, does not stop it; each person has one at a time."""

from __future__ import annotations

import dataclasses
import logging
import threading
from collections.abc import Callable

from app.intake import IntakeReport, StoppedError, Tell
from storage import NotAllowedError, WorkspaceError

Job = Callable[[Tell], IntakeReport]


@dataclasses.dataclass
class IntakeRun:
    """Files on their way in. `doing` is a phase, or the document that is translated; `share` of the work done (0–1).

    `state`: running, stopping or ended; then `report` says what became of each file, or `error` why nothing can be said.
    """

    state: str = "running"
    doing: str = ""
    share: float = 0.0
    report: IntakeReport | None = None
    error: str = ""
    thread: threading.Thread | None = None

    @property
    def active(self) -> bool:
        """Whether it is at work."""
        return self.state != "ended"

    def stop(self) -> None:
        """End after the step that is being done; what was done is kept."""
        if self.state == "running":
            self.state = "stopping"

    def wait(self, seconds: float) -> None:
        """Wait for the end, at most so long."""
        if self.thread is not None:
            self.thread.join(seconds)


class Intakes:
    """The files that each person of a workspace takes in."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._runs: dict[str, IntakeRun] = {}

    def of(self, person: str) -> IntakeRun | None:
        """What a person takes in now, or took in last and has not seen the end of."""
        return self._runs.get(person)

    def start(self, person: str, job: Job) -> IntakeRun:
        """Begin with a job; where the person has one at work already, that one goes on instead."""
        with self._lock:
            present = self._runs.get(person)
            if present is not None and present.active:
                return present
            run = self._runs[person] = IntakeRun()
            # A daemon: the server can be stopped at any moment, and what is done is kept.
            run.thread = threading.Thread(target=_work, args=(run, job), name="Intake", daemon=True)
            run.thread.start()
            return run

    def forget(self, person: str) -> None:
        """The person has seen how it ended."""
        with self._lock:
            run = self._runs.get(person)
            if run is not None and not run.active:
                del self._runs[person]


def _work(run: IntakeRun, job: Job) -> None:
    def tell(doing: str, share: float) -> None:
        run.doing, run.share = doing, share
        if run.state == "stopping":
            raise StoppedError

    try:
        run.report = job(tell)
    except (WorkspaceError, NotAllowedError) as error:
        run.error = str(error)
    except Exception as error:
        # Whatever it was, the person must not wait for it for ever; the console says more.
        logging.getLogger(__name__).exception("taking files in broke off")
        run.error = (
            f"Taking the files in broke off ({type(error).__name__}); what was done is kept. Bring the others in again."
        )
    finally:
        run.state = "ended"
