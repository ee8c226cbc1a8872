"""Documents come in: the same cleaning, glossary and translation as the commands, over everything in the workspace."""

from __future__ import annotations

import dataclasses
import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from documents.reader import RawDocument, Unreadable, read_documents
from documents.store import clean_texts, keep_document
from glossary import Concept
from glossary.builder import build
from glossary.store import load_concepts
from storage import Workspace
from translate.batch import BatchReport, Progress, run_batch
from translate.engines import get_engine

SAMPLES = Path(__file__).resolve().parent.parent / "seeds"
LARGEST = 50 * 1024 * 1024
ENGINE = "gloss"
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


@dataclasses.dataclass(frozen=True, slots=True)
class Upload:
    """A file as the browser sent it."""

    name: str
    data: bytes


def take_uploads(workspace: Workspace, uploads: Sequence[Upload], tell: Callable[[str, float], None]) -> BatchReport:
    """Clean, mine and translate uploaded files. What is wrong with one is among the report's failures, one sentence."""
    refused: list[str] = []
    with tempfile.TemporaryDirectory(prefix="zhengming-") as folder:
        paths = []
        for upload in uploads:
            if problem := _problem(upload):
                refused.append(problem)
                continue
            path = _free_path(Path(folder), upload.name)
            path.write_bytes(upload.data)
            paths.append(str(path))
        report = take_files(workspace, paths, tell)
        report.failures[:] = [line.replace(f"{folder}/", "") for line in (*refused, *report.failures)]
        report.notes[:] = [line.replace(f"{folder}/", "") for line in report.notes]
    return report


def _problem(upload: Upload) -> str:
    if not upload.name.lower().endswith(".txt"):
        return f"{upload.name}: is not a .txt file; save it as plain text first."
    if len(upload.data) > LARGEST:
        return f"{upload.name}: is larger than {LARGEST >> 20} MB; split it."
    return ""


def safe_stem(name: str) -> str:
    """`name` as the stem of a file on every system."""
    return _UNSAFE.sub("_", name).strip(". ")[:80] or "document"


def _free_path(folder: Path, name: str) -> Path:
    stem = safe_stem(name[:-4])
    number = 1
    path = folder / f"{stem}.txt"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.txt"
    return path


def take_files(workspace: Workspace, inputs: Sequence[str], tell: Callable[[str, float], None]) -> BatchReport:
    """Clean, mine and translate files; the termbase is built over the documents already here as well."""
    tell("Reading and cleaning", 0.0)
    new = [item for item in read_documents(inputs) if isinstance(item, RawDocument)]
    if not new:
        return BatchReport(failures=[i.reason for i in read_documents(inputs) if isinstance(i, Unreadable)])
    with workspace.session() as session:
        for raw in new:
            keep_document(session, raw)
        texts = clean_texts(session)
        present = load_concepts(session)
    tell("Finding names", 0.1)
    concepts = joined(present, build(texts, workers=1))
    finished = 0

    def told(step: Progress) -> None:
        nonlocal finished
        share = (finished + step.done / max(1, step.total)) / len(new)
        tell(f"Translating {step.document}", 0.2 + 0.8 * min(1.0, share))
        finished += step.done == step.total

    with tempfile.TemporaryDirectory(prefix="zhengming-") as out:
        return run_batch(workspace, inputs, concepts, get_engine(ENGINE), Path(out), (), told)


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
