"""What is wrong with an engine's answer, as far as one can tell by looking at it."""

from __future__ import annotations

import html
import re

from documents.script import to_simplified_characters
from translate.alignment.renderings import word_scores
from translate.alignment.words import FUNCTION_WORDS, chinese_words, english_words

_HAN = re.compile("[\u3400-\u9fff]")
_PAGE = re.compile(r"<!doctype|<html|<head\b|<body\b|unusual traffic|g-recaptcha|\bcaptcha\b", re.IGNORECASE)
_QUOTA = re.compile(
    r"MYMEMORY WARNING|QUERY LENGTH LIMIT|PLEASE SELECT TWO DISTINCT LANGUAGES|INVALID LANGUAGE PAIR", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#\d{2,5}|#x[0-9a-f]{2,5}|quot|amp|lt|gt|apos|nbsp);", re.IGNORECASE)
_MARKS = re.compile(r"[a-z]*\d+|[a-z]{2,}")
_LEAST_WORDS = 5
# The least share of a question's words that have a counterpart; more is asked where its numbers are missing as well.
_FOREIGN = 0.08
_FOREIGN_WITHOUT_MARKS = 0.25


def cleaned(asked: str, answer: str) -> str:
    """The answer with HTML entities that the question did not have put back into characters."""
    if _ENTITY.search(answer) and not _ENTITY.search(asked):
        answer = html.unescape(answer).replace("\u00a0", " ")
    return answer


def fault_of(asked: str, answer: object) -> str:
    """Why an answer is none, as the end of a sentence; "" for one that can be used."""
    if not isinstance(answer, str) or (asked.strip() and not answer.strip()):
        return "gave no translation for this sentence"
    if _PAGE.search(answer) and not _PAGE.search(asked):
        return "gave a page instead of a translation"
    if _QUOTA.search(answer) and not _QUOTA.search(asked):
        return "gave a warning instead of a translation"
    han = len(_HAN.findall(asked))
    if han >= 4 and len(_HAN.findall(answer)) > 0.6 * han:
        return "gave the sentence back untranslated"
    return ""


def is_foreign(asked: str, answer: str) -> bool:
    """Whether an answer of a batch seems to be another sentence's: hardly a word of the question has a counterpart."""
    words = [word for _, _, word in chinese_words(to_simplified_characters(asked))]
    stems = {stem for _, _, stem in english_words(answer)} - FUNCTION_WORDS
    if len(words) < _LEAST_WORDS or not stems:
        return False
    # A number or Latin word that both hold ties them together; one that only the question holds does not.
    marks = set(_MARKS.findall(asked.lower())) - FUNCTION_WORDS
    numbers = {mark for mark in marks if mark[-1].isdigit()}
    if (numbers or marks) & set(_MARKS.findall(answer.lower())):
        return False
    least = _FOREIGN_WITHOUT_MARKS if numbers else _FOREIGN
    rendered = sum(any(score >= 0.02 and s in stems for s, score in word_scores(word).items()) for word in words)
    return rendered / len(words) < least


def is_surely_foreign(asked: str, answer: str) -> bool:
    """Whether an answer is another sentence's beyond doubt: no word in common, and a number or Latin word is missing."""
    return bool(_MARKS.search(asked.lower())) and is_foreign(asked, answer)
