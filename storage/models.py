"""The tables of a workspace. Texts are Unicode; offsets count code points; times are UTC."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """Declarative base; Alembic compares it with the migrations."""


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None)


class DocumentRow(Base):
    """A document: raw text as read, clean text, and the ledger of edits between them (JSON Lines)."""

    __tablename__ = "documents"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(400), unique=True)
    path: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    encoding: Mapped[str] = mapped_column(String(40))
    raw: Mapped[str] = mapped_column(Text)
    clean: Mapped[str] = mapped_column(Text)
    ledger: Mapped[str] = mapped_column(Text)
    # Share of doubtful characters, 0–1 (documents/damage.py); the same on segments.
    damage: Mapped[float] = mapped_column(Float, default=0.0, server_default="0")
    added: Mapped[datetime.datetime] = mapped_column(DateTime, default=_now)
    # Places at which a proposal of the cleaning waits for a person (count_waiting of documents/decisions.py).
    waiting: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    # The columns of a table, or fields, that were chosen by name; empty where all are read (documents/formats).
    columns: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    # Grows whenever the document is cleaned.
    version: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    segments: Mapped[list[SegmentRow]] = relationship(
        back_populates="document", cascade="all, delete-orphan", order_by="SegmentRow.position", passive_deletes=True
    )


class OriginalRow(Base):
    """The file of a document that can be written back in its own format (documents/formats)."""

    __tablename__ = "originals"
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


# Lists are read from this index alone: a row is as long as its texts.
Index(
    "ix_documents_list",
    DocumentRow.name,
    DocumentRow.damage,
    DocumentRow.waiting,
    DocumentRow.added,
    DocumentRow.version,
)


class SegmentRow(Base):
    """One sentence of a document: `source` is clean[start:end]."""

    __tablename__ = "segments"
    __table_args__ = (UniqueConstraint("document_id", "position"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(Integer)
    paragraph: Mapped[int] = mapped_column(Integer)
    start: Mapped[int] = mapped_column(Integer)
    end: Mapped[int] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(Text)
    damage: Mapped[float] = mapped_column(Float, default=0.0, server_default="0")
    document: Mapped[DocumentRow] = relationship(back_populates="segments")
    translation: Mapped[TranslationRow | None] = relationship(
        back_populates="segment", cascade="all, delete-orphan", passive_deletes=True
    )


class DecisionRow(Base):
    """What a person decided about one edit of a document: `action` restore or accept, `key` of documents/decisions.py."""

    __tablename__ = "decisions"
    __table_args__ = (UniqueConstraint("document_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(String(20))
    made: Mapped[datetime.datetime] = mapped_column(DateTime, default=_now)


class ConceptRow(Base):
    """A concept of the termbase; its names and evidence are rows of their own."""

    __tablename__ = "concepts"
    __table_args__ = (UniqueConstraint("source", "scope"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(400))
    scope: Mapped[str] = mapped_column(String(400), default="")
    category: Mapped[str] = mapped_column(String(40), default="")
    status: Mapped[str] = mapped_column(String(20), index=True)
    origin: Mapped[str] = mapped_column(String(20))
    confidence: Mapped[float] = mapped_column(Float, default=1.0)
    count: Mapped[int] = mapped_column(Integer, default=0)
    documents: Mapped[int] = mapped_column(Integer, default=0)
    note: Mapped[str] = mapped_column(Text, default="")
    # True once a person has decided about the concept here: an import never overrides that.
    decided: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(Integer, default=1)
    names: Mapped[list[NameRow]] = relationship(
        back_populates="concept", cascade="all, delete-orphan", order_by="NameRow.position", passive_deletes=True
    )
    evidence: Mapped[list[EvidenceRow]] = relationship(
        back_populates="concept", cascade="all, delete-orphan", order_by="EvidenceRow.id", passive_deletes=True
    )


class NameRow(Base):
    """A name of a concept. `role`: source_variant, target, acronym, target_variant or forbidden."""

    __tablename__ = "concept_names"
    id: Mapped[int] = mapped_column(primary_key=True)
    concept_id: Mapped[int] = mapped_column(ForeignKey("concepts.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    position: Mapped[int] = mapped_column(Integer, default=0)
    text: Mapped[str] = mapped_column(Text)
    concept: Mapped[ConceptRow] = relationship(back_populates="names")


class EvidenceRow(Base):
    """A sentence in which a concept was seen, and in which document ("" if not known)."""

    __tablename__ = "evidence"
    id: Mapped[int] = mapped_column(primary_key=True)
    concept_id: Mapped[int] = mapped_column(ForeignKey("concepts.id", ondelete="CASCADE"), index=True)
    document: Mapped[str] = mapped_column(String(400), default="")
    sentence: Mapped[str] = mapped_column(Text)
    concept: Mapped[ConceptRow] = relationship(back_populates="evidence")


class ChangeSetRow(Base):
    """What was changed in the termbase at one stroke: by whom, when, through what (`action`), undoing which other."""

    __tablename__ = "change_sets"
    id: Mapped[int] = mapped_column(primary_key=True)
    made: Mapped[datetime.datetime] = mapped_column(DateTime, default=_now)
    who: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(Text, default="")
    undoes: Mapped[int | None] = mapped_column(Integer, default=None)
    changes: Mapped[list[ChangeRow]] = relationship(
        back_populates="change_set", cascade="all, delete-orphan", order_by="ChangeRow.id", passive_deletes=True
    )


class ChangeRow(Base):
    """One concept before and after a change set, as its fields by name; None where there was or is none."""

    __tablename__ = "changes"
    id: Mapped[int] = mapped_column(primary_key=True)
    change_set_id: Mapped[int] = mapped_column(ForeignKey("change_sets.id", ondelete="CASCADE"), index=True)
    source: Mapped[str] = mapped_column(String(400), index=True)
    scope: Mapped[str] = mapped_column(String(400), default="")
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    change_set: Mapped[ChangeSetRow] = relationship(back_populates="changes")


class SettlementRow(Base):
    """A conflict of the termbase that a person has settled; `conflict` is its id (glossary/checking.py)."""

    __tablename__ = "settlements"
    id: Mapped[int] = mapped_column(primary_key=True)
    conflict: Mapped[str] = mapped_column(String(40), unique=True)
    sentence: Mapped[str] = mapped_column(Text)
    kept: Mapped[str] = mapped_column(String(400), default="")
    who: Mapped[str] = mapped_column(String(200))
    made: Mapped[datetime.datetime] = mapped_column(DateTime, default=_now)


class TranslationRow(Base):
    """The English of a segment. `state`: machine, edited, confirmed or locked; a machine overwrites its own only.

    `request` is a hash of all that the machine was asked (text, engine, terms): the same request is not made twice.
    """

    __tablename__ = "translations"
    id: Mapped[int] = mapped_column(primary_key=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey("segments.id", ondelete="CASCADE"), unique=True)
    target: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), default="machine", index=True)
    engine: Mapped[str] = mapped_column(String(200))
    request: Mapped[str] = mapped_column(String(64))
    flags: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column(Integer, default=1)
    # Time that the engine and forcing took, its share of what was asked together.
    seconds: Mapped[float] = mapped_column(Float, default=0.0, server_default="0")
    updated: Mapped[datetime.datetime] = mapped_column(DateTime, default=_now, onupdate=_now, index=True)
    segment: Mapped[SegmentRow] = relationship(back_populates="translation")
    occurrences: Mapped[list[OccurrenceRow]] = relationship(
        back_populates="translation",
        cascade="all, delete-orphan",
        order_by="OccurrenceRow.source_start",
        passive_deletes=True,
    )


class RevisionRow(Base):
    """A version of a segment's English that a person saved, or that stood before they did. `note`: why it was confirmed
    in spite of an error, or what changed it."""

    __tablename__ = "revisions"
    id: Mapped[int] = mapped_column(primary_key=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey("segments.id", ondelete="CASCADE"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    target: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    engine: Mapped[str] = mapped_column(String(200))
    who: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(Text, default="")
    made: Mapped[datetime.datetime] = mapped_column(DateTime, default=_now, index=True)


class CommentRow(Base):
    """What a person says about a segment to the others."""

    __tablename__ = "comments"
    id: Mapped[int] = mapped_column(primary_key=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey("segments.id", ondelete="CASCADE"), index=True)
    who: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    settled: Mapped[bool] = mapped_column(default=False)
    made: Mapped[datetime.datetime] = mapped_column(DateTime, default=_now)


class DraftRow(Base):
    """What a person typed over `version` of a segment or concept (`kind`, `target_id`) and has not saved."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("who", "kind", "target_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    target_id: Mapped[int] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(Text)
    made: Mapped[datetime.datetime] = mapped_column(DateTime, default=_now, onupdate=_now)


class UserRow(Base):
    """Who may sign in to the workbench: `role` of storage/people.py, `password` its Argon2 hash ("": OpenID Connect only)."""

    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    password: Mapped[str] = mapped_column(String(400), default="")
    made: Mapped[datetime.datetime] = mapped_column(DateTime, default=_now)


class SignInRow(Base):
    """A browser that is signed in; `key` is a hash of the secret that it holds."""

    __tablename__ = "sign_ins"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    expires: Mapped[datetime.datetime] = mapped_column(DateTime)


class SettingRow(Base):
    """A setting of the workspace, by name (app/settings.py)."""

    __tablename__ = "settings"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class OccurrenceRow(Base):
    """One row of the term ledger: an occurrence of a term in a segment and how its name came to stand in the English."""

    __tablename__ = "term_occurrences"
    id: Mapped[int] = mapped_column(primary_key=True)
    translation_id: Mapped[int] = mapped_column(ForeignKey("translations.id", ondelete="CASCADE"), index=True)
    concept: Mapped[str] = mapped_column(String(400))
    source_text: Mapped[str] = mapped_column(Text)
    source_start: Mapped[int] = mapped_column(Integer)
    source_end: Mapped[int] = mapped_column(Integer)
    expected: Mapped[str] = mapped_column(Text)
    found: Mapped[str] = mapped_column(Text, default="")
    target_start: Mapped[int] = mapped_column(Integer, default=-1)
    target_end: Mapped[int] = mapped_column(Integer, default=-1)
    outcome: Mapped[str] = mapped_column(String(20))
    translation: Mapped[TranslationRow] = relationship(back_populates="occurrences")


Index("ix_term_occurrences_concept", OccurrenceRow.concept)
# For the other places of a sentence that stands more than once; a B-tree of PostgreSQL refuses long texts.
Index("ix_segments_source", SegmentRow.source, postgresql_using="hash")


class MemoryRow(Base):
    """A unit of the translation memory (translate/memory/unit.py); it outlives the document that it came from.

    `identity` says which later unit takes its place, `source_key` finds equal sources, `request` equal requests.
    """

    __tablename__ = "memory_units"
    id: Mapped[int] = mapped_column(primary_key=True)
    identity: Mapped[str] = mapped_column(String(32), unique=True)
    source_key: Mapped[str] = mapped_column(String(32), index=True)
    context: Mapped[str] = mapped_column(String(32), default="")
    request: Mapped[str] = mapped_column(String(64), default="", index=True)
    source: Mapped[str] = mapped_column(Text)
    target: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    engine: Mapped[str] = mapped_column(String(200), default="")
    glossary: Mapped[str] = mapped_column(String(64), default="")
    who: Mapped[str] = mapped_column(String(200), default="")
    document: Mapped[str] = mapped_column(String(400), default="")
    outcomes: Mapped[list[str]] = mapped_column(JSON, default=list)
    made: Mapped[datetime.datetime] = mapped_column(DateTime, default=_now)


class AnswerRow(Base):
    """What an online engine answered to one text, kept the moment it came: it is not paid for again.

    `key`: hash of engine, text and what was sent around it (translate/jobs/answers.py).
    """

    __tablename__ = "engine_answers"
    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    answer: Mapped[str] = mapped_column(Text)
    made: Mapped[datetime.datetime] = mapped_column(DateTime, default=_now)


class ProfileRow(Base):
    """How many of the names sent through an engine one way (translate/forcing/profile.py) came back right."""

    __tablename__ = "engine_profiles"
    engine: Mapped[str] = mapped_column(String(200), primary_key=True)
    way: Mapped[str] = mapped_column(String(20), primary_key=True)
    sent: Mapped[int] = mapped_column(Integer)
    kept: Mapped[int] = mapped_column(Integer)
    made: Mapped[datetime.datetime] = mapped_column(DateTime, default=_now, onupdate=_now)


class AttemptRow(Base):
    """A segment that has failed: how often in a row for the same request, and why the last time."""

    __tablename__ = "attempts"
    id: Mapped[int] = mapped_column(primary_key=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey("segments.id", ondelete="CASCADE"), unique=True)
    request: Mapped[str] = mapped_column(String(64))
    attempts: Mapped[int] = mapped_column(Integer)
    error: Mapped[str] = mapped_column(Text)
    made: Mapped[datetime.datetime] = mapped_column(DateTime, default=_now, onupdate=_now)


class FinishedRow(Base):
    """A document as a batch left it: under which circumstances (`key`), its counts, ledger rows and files written.

    `files`: path → SHA-256 of what was written there.
    """

    __tablename__ = "finished_documents"
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), unique=True)
    key: Mapped[str] = mapped_column(String(64))
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    ledger: Mapped[str] = mapped_column(Text, default="")
    files: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)


class JobRow(Base):
    """One run of the batch command. `state`: running, done, failed or stopped; `summary` holds its counts."""

    __tablename__ = "jobs"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20))
    engine: Mapped[str] = mapped_column(String(200))
    glossary: Mapped[str] = mapped_column(String(64))
    started: Mapped[datetime.datetime] = mapped_column(DateTime, default=_now)
    finished: Mapped[datetime.datetime | None] = mapped_column(DateTime, default=None)
    summary: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
