"""A file becomes clean, segmented text, with a ledger of every edit."""

from documents.edits import CleanText, Edit
from documents.metadata import Metadata, metadata
from documents.pipeline import clean
from documents.reader import DocumentError, RawDocument, Unreadable, read_document, read_documents
from documents.segmentation import Segment, split_segments

__all__ = [
    "CleanText",
    "DocumentError",
    "Edit",
    "Metadata",
    "RawDocument",
    "Segment",
    "Unreadable",
    "clean",
    "metadata",
    "read_document",
    "read_documents",
    "split_segments",
]
