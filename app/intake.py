"""Documents come in: the same cleaning, glossary and translation as the commands, over everything in the workspace."""

from __future__ import annotations

import dataclasses
import datetime
import re
import tempfile
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sqlalchemy import func, select

from app.archives import LARGEST, Refusal, Upload, admitted
from app.settings import load_settings
from documents.reader import RawDocument, Unreadable, read_documents
from documents.store import clean_ahead, clean_texts, keep_document
from glossary import Concept
from glossary.builder import build
from glossary.store import load_concepts
from storage import Workspace
from storage.models import DocumentRow, SegmentRow, TranslationRow
from translate.batch import BatchReport, Progress, run_batch
from translate.engines import EngineError, get_engine

__all__ = [
    "LARGEST",
    "SAMPLES",
    "IntakeReport",
    "StoppedError",
    "Taken",
    "Upload",
    "joined",
    "safe_stem",
    "take_files",
    "take_uploads",
]

SAMPLES = Path(__file__).resolve().parent.parent / "seeds"
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')
# Names that Windows keeps for devices, whatever follows behind a dot.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_LONGEST_NAME = 80
# Bytes of a file's name that every file system takes, less what is added to it.
_MOST_BYTES = 200

Tell = Callable[[str, float], None]


class StoppedError(Exception):
    """Raised by `tell` when a person has asked to stop; what was done is kept."""


@dataclasses.dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: its document and how many of its segments got English now, had it before, or have none.

    `reason` ("" if it was read) ends the sentence about a file that was not; `values` fill what it leaves open.
    """

    file: str
    document_id: int = 0
    translated: int = 0
    present: int = 0
    missing: int = 0
    reason: str = ""
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class IntakeReport:
    """What came in, file by file; `failures` and `notes` are of no one file. `stopped`: a person ended it early."""

    files: list[Taken] = dataclasses.field(default_factory=list)
    failures: list[str] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)
    stopped: bool = False

    @property
    def taken(self) -> list[Taken]:
        """The files that are documents now."""
        return [file for file in self.files if file.document_id]

    @property
    def refused(self) -> list[Taken]:
        """The files that are not."""
        return [file for file in self.files if not file.document_id]


def take_uploads(
    workspace: Workspace, uploads: Sequence[Upload], tell: Tell, columns: Sequence[str] = ()
) -> IntakeReport:
    """Clean, mine and translate uploaded files and archives of them. What is wrong with one is told, and the others go on.

    Of tables and JSON only `columns` are read, if any are named.
    """
    refused: list[Taken] = []
    with tempfile.TemporaryDirectory(prefix="zhengming-") as folder:
        shown: dict[str, str] = {}
        for item in admitted(uploads):
            if isinstance(item, Refusal):
                refused.append(Taken(item.name, reason=item.reason, values=item.values))
                continue
            path = _free_path(Path(folder), item.name)
            path.write_bytes(item.data)
            shown[str(path)] = item.name
        report = take_named(workspace, shown, tell, columns)
    report.files.extend(refused)
    return report


def take_samples(workspace: Workspace, tell: Tell) -> IntakeReport:
    """Take in the sample documents that come with the program."""
    return take_named(workspace, {str(path): path.name for path in sorted(SAMPLES.glob("*.txt"))}, tell)


def take_named(workspace: Workspace, shown: Mapping[str, str], tell: Tell, columns: Sequence[str] = ()) -> IntakeReport:
    """Take in files by path, which go by other names in the report."""
    report = IntakeReport()
    begun = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    failures: list[str] = []
    try:
        if shown:
            batch = take_files(workspace, list(shown), tell, columns)
            failures, report.notes = batch.failures, [_without_paths(line, shown) for line in batch.notes]
    except StoppedError:
        report.stopped = True
    except EngineError as error:
        report.failures.append(str(error))
    report.files = _became(workspace, shown, begun, dict(_own_failures(shown, failures)))
    told = {f"{path}: {reason}" for path, reason in _own_failures(shown, failures)}
    report.failures.extend(_without_paths(line, shown) for line in failures if line not in told)
    return report


def _own_failures(shown: Mapping[str, str], failures: Sequence[str]) -> list[tuple[str, str]]:
    """Path and reason of the failures that are of one file."""
    return [
        (path, line.removeprefix(f"{path}: ")) for path in shown for line in failures if line.startswith(f"{path}: ")
    ]


def _without_paths(line: str, shown: Mapping[str, str]) -> str:
    for path, name in shown.items():
        line = line.replace(path, name)
    return line


def _became(
    workspace: Workspace, shown: Mapping[str, str], begun: datetime.datetime, reasons: Mapping[str, str]
) -> list[Taken]:
    """What became of each file, as the workspace has it now."""
    new = func.count(TranslationRow.id).filter(TranslationRow.updated >= begun)
    counts = select(func.count(SegmentRow.id), func.count(TranslationRow.id), new).outerjoin(TranslationRow)
    files = []
    with workspace.reading() as session:
        for path, name in shown.items():
            number = session.scalar(select(DocumentRow.id).where(DocumentRow.path == path))
            if number is None:
                files.append(Taken(name, reason=reasons.get(path, "was not reached; bring it in again.")))
                continue
            segments, english, fresh = session.execute(counts.where(SegmentRow.document_id == number)).one()
            files.append(Taken(name, number, fresh, english - fresh, segments - english))
    return files


def safe_stem(name: str) -> str:
    """`name` as the stem of a file on every system, without characters that show nothing."""
    shown = "".join("_" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char for char in name)
    stem = _UNSAFE.sub("_", shown)[:_LONGEST_NAME]
    stem = stem.encode()[:_MOST_BYTES].decode(errors="ignore").strip(". ")
    return f"_{stem}" if _DEVICES.match(stem) else stem or "document"


def _free_path(folder: Path, name: str) -> Path:
    # Of a path, as of a member of an archive, only the last part.
    bare, _, suffix = re.split(r"[\\/]", name)[-1].rpartition(".")
    stem = safe_stem(bare)
    number = 1
    path = folder / f"{stem}.{suffix.lower()}"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.{suffix.lower()}"
    return path


def take_files(workspace: Workspace, inputs: Sequence[str], tell: Tell, columns: Sequence[str] = ()) -> BatchReport:
    """Clean, mine and translate files; the termbase is built over the documents already here as well.

    What `tell` raises ends the work; what was done is kept. Raises EngineError where the engine cannot be used.
    """
    tell("Reading and cleaning", 0.0)
    unreadable: list[str] = []
    new = 0
    for item in read_documents(inputs, columns):
        if isinstance(item, Unreadable):
            unreadable.append(item.reason)
            continue
        tell("Reading and cleaning", 0.1 * new / max(1, len(inputs)))
        _keep(workspace, item)
        new += 1
    if not new:
        return BatchReport(failures=unreadable)
    with workspace.reading() as session:
        texts, present, settings = clean_texts(session), load_concepts(session), load_settings(session)
    tell("Finding names", 0.1)
    concepts = joined(present, build(texts, workers=1))
    tell("Translating", 0.2)
    finished = 0

    def told(step: Progress) -> None:
        nonlocal finished
        share = (finished + step.done / max(1, step.total)) / new
        tell(step.document, 0.2 + 0.8 * min(1.0, share))
        finished += step.done == step.total

    with tempfile.TemporaryDirectory(prefix="zhengming-") as out:
        engine = get_engine(settings.engine)
        return run_batch(workspace, inputs, concepts, engine, Path(out), (), told, settings.style, columns=columns)


def _keep(workspace: Workspace, raw: RawDocument) -> None:
    # Cleaning takes long for a long text: not while others wait to write.
    clean_ahead(raw.text)
    with workspace.session() as session:
        keep_document(session, raw)


def joined(present: Sequence[Concept], built: Sequence[Concept]) -> list[Concept]:
    """The termbase after new documents: what was found anew, and what people or other files had put in before."""
    fresh = {concept.key: concept for concept in built}
    kept = []
    for concept in present:
        found = fresh.get(concept.key)
        if found is None:
            kept.append(concept)
        elif concept.origin == "person" or (concept.status, concept.origin) == ("approved", "engine"):
            counts = {"count": found.count, "documents": found.documents, "context": concept.context or found.context}
            fresh[concept.key] = dataclasses.replace(concept, **counts)  # type: ignore[arg-type]
    return [*fresh.values(), *kept]
