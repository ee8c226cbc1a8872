"""A file becomes clean, segmented text, with a ledger of every edit."""

from documents.edits import CleanText, Edit
from documents.pipeline import clean
from documents.reader import DocumentError, RawDocument, Unreadable, read_document, read_documents
from documents.segmentation import Segment, split_segments

__all__ = [
    "CleanText",
    "DocumentError",
    "Edit",
    "RawDocument",
    "Segment",
    "Unreadable",
    "clean",
    "read_document",
    "read_documents",
    "split_segments",
]
