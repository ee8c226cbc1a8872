"""The joint vocabulary: SentencePiece (Kudo and Richardson 2018), unigram, byte fallback, the term tags as pieces.

What a text goes through before it is cut stands in the model file itself: wide letters and marks become narrow ones,
traditional characters simplified ones, invisible characters nothing. So training and translation cannot differ in it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import opencc
import sentencepiece

from translate.engines.tags import TAGS

PAD, BEGIN, END, UNKNOWN = 0, 1, 2, 3
_BLANKS = (0x3000, 0xA0, 0x2002, 0x2003, 0x2009)
_NOTHING = (0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF)
_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF))


def rules() -> Iterator[tuple[str, str]]:
    """(text, what it becomes before it is cut into pieces)."""
    yield from ((chr(code), chr(code - 0xFEE0)) for code in range(0xFF01, 0xFF5F))
    yield from ((chr(code), " ") for code in _BLANKS)
    yield from ((chr(code), "") for code in _NOTHING)
    yield from zip("‘’“”", "''\"\"", strict=True)
    simplified = opencc.OpenCC("t2s").convert
    for first, last in _HAN:
        for code in range(first, last + 1):
            plain = simplified(chr(code))
            if plain != chr(code) and len(plain) == 1:
                yield chr(code), plain


def train(texts: Iterable[str], path: Path, size: int = 28_000, threads: int = 2, most: int = 1_500_000) -> None:
    """Write a SentencePiece model with `size` pieces, learnt from at most `most` texts."""
    table = path.with_suffix(".rules.tsv")
    hexed = ("\t".join(" ".join(f"{ord(c):X}" for c in side) for side in rule) for rule in rules())
    table.write_text("\n".join(hexed) + "\n", encoding="utf-8")
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=model,
        vocab_size=size,
        hard_vocab_limit=False,
        model_type="unigram",
        byte_fallback=True,
        character_coverage=0.9998,
        user_defined_symbols=list(TAGS),
        normalization_rule_tsv=str(table),
        split_digits=True,
        max_sentencepiece_length=12,
        input_sentence_size=most,
        shuffle_input_sentence=True,
        num_threads=threads,
        pad_id=PAD,
        bos_id=BEGIN,
        eos_id=END,
        unk_id=UNKNOWN,
        minloglevel=1,
    )
    table.unlink()
    path.write_bytes(model.getvalue())


def load(path: Path) -> sentencepiece.SentencePieceProcessor:
    """The vocabulary in a file."""
    return sentencepiece.SentencePieceProcessor(model_file=str(path))
