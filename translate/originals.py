"""A document in its own format again, in English: the same file with its structure kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from documents import CleanText
from documents.formats import Format, FormatError, Text
from translate.bilingual import BilingualDocument, BilingualSegment
from translate.markup import Piece, english_text
from translate.outputs.plain import render_text

# The name of this output beside the others (translate/outputs).
SAME = "same"


def in_english(
    data: bytes,
    form: Format | None,
    cleaned: CleanText,
    document: BilingualDocument,
    spans: Sequence[tuple[int, int]],
) -> bytes:
    """The bytes of a file with the English of its segments in the places of their Chinese; plain text as paragraphs.

    `spans` are the places of the segments in the clean text. A text that cleaning took out whole is left blank, a
    repeated one has the English of the first; one without English stays as it is. Raises FormatError if the format cannot be written, or the file is not as it was read.
    """
    if form is None:
        return render_text(document)
    texts = form.read(data)
    lines = cleaned.raw.split("\n")
    if len(lines) != len(texts) or any(len(line) != len(text.text) for line, text in zip(lines, texts, strict=True)):
        raise FormatError("is not as it was when it was read; run the batch again.")
    return form.fill(data, _filled(texts, lines, cleaned, document.segments, spans))


def _filled(
    texts: Sequence[Text],
    lines: Sequence[str],
    cleaned: CleanText,
    segments: Sequence[BilingualSegment],
    spans: Sequence[tuple[int, int]],
) -> Mapping[int, Text]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    pieces: dict[int, list[Piece]] = {}
    number = 0
    for segment, (start, end) in zip(segments, spans, strict=True):
        while starts[number + 1] <= cleaned.to_raw(start):
            number += 1
        # Only a mark has to be found again, character by character.
        own = range(start, end) if texts[number].marks else ()
        offsets = [cleaned.to_raw(at) - starts[number] for at in own]
        pieces.setdefault(number, []).append(Piece(segment, offsets))
    filled = {number: english_text(texts[number], found) for number, found in pieces.items()}
    # Cleaning leaves one of several equal lines: a heading that is the page's title too.
    twins = {texts[number].text: found for number, found in reversed(pieces.items())}
    place = cleaned.offsets.from_raw
    for number, text in enumerate(texts):
        left = cleaned.text[place(starts[number]) : place(starts[number] + len(text.text))]
        if number not in filled and not left.strip():
            twin = twins.get(text.text)
            filled[number] = english_text(text, twin) if twin else Text("", (), text.place)
    return filled


def place_of(path: str, inputs: Sequence[str]) -> PurePath:
    """Where a document's file goes below the output directory: by its path in the directory or archive that was given."""
    whole = PurePath(path)
    for given in inputs:
        root = PurePath(given)
        if whole != root and whole.is_relative_to(root):
            return _within(whole.relative_to(root))
    return PurePath(whole.name)


def _within(path: PurePath) -> PurePath:
    """An archive becomes a directory of its name."""
    return PurePath(*(part[:-4] if part.lower().endswith(".zip") else part for part in path.parts[:-1]), path.name)
