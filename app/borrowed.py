"""Sentences that other packages make and the pages show: found by the shape of their English, said in the reader's language."""

from __future__ import annotations

import functools
import re

from app.language import t
from app.reasons import REASONS

# As the packages write them, with what they fill in as {name}; the test of the languages finds each in the sources.
BORROWED = (
    # storage
    "reader",
    "reviewer",
    "terminologist",
    "administrator",
    "As {role} you cannot change this; it takes a {needed}. Ask an administrator for the role.",
    "{path}: is a directory; name a file for the workspace.",
    "{path}: the directory {folder} does not exist; make it first.",
    "{path}: cannot be read ({reason}).",
    "{path}: is not a Zhengming workspace; name another file, or move this one away.",
    "{path}: is a database of another program; name another file for the workspace.",
    "{path}: the workspace is damaged ({reason}); restore it from a copy.",
    "{path}: was made by a newer version of Zhengming; update the program to open it.",
    "{path}: the workspace cannot be opened ({reason}).",
    "{path}: the workspace cannot be used now ({reason}); what was kept is kept. Mend that, then start again.",
    # app: users and passwords, which the command line speaks of as well
    "A name has 1 to {most} characters that can be seen.",
    "There is a user {name} already.",
    "There is no user {name}.",
    "{name} is the last administrator; make somebody else one first.",
    "This is not your present password.",
    "A password has at least {least} characters.",
    "A password has at most {most} characters.",
    "A password has at least four different characters.",
    # app: what works behind the pages
    "The batch broke off ({reason}); go on to try again.",
    "Taking the files in broke off ({reason}); what was done is kept. Bring the others in again.",
    # glossary
    "There is no change {number}; history lists them.",
    "{name} was changed again since; undo the later change first.",
    "Somebody else changed one of these terms meanwhile; look at the conflict again.",
    "Somebody else changed one of these terms meanwhile; look at both again.",
    "Somebody else changed this term meanwhile; look at it again.",
    "Only two terms that hold in the same documents can be made one.",
    "{name} is in the glossary already; edit it there.",
    "{source}: stands {n} times, {said}; keep one row.",
    "with two names, {both}",
    "with one name",
    "{form}: is a form of {sources}; keep it with one of them.",
    "{circle}: are variants of each other in a circle; keep one as the name.",
    "{short} and {full}: look like one body but have two names, {one} and {other}.",
    "{target}: is the English of {sources}; check that they are one thing.",
    "{target}: is the English of {source} and forbidden for {other}.",
    "{source}: {form} is both accepted and forbidden.",
    "{source}: is approved but has no English.",
    "{source}: its English holds Chinese ({target}).",
    "{source}: is too short to be found safely.",
    # documents
    "the file is empty; nothing to do.",
    # translate: reviewed files
    "the English here has changed since the file was made",
    "the sentence is locked; unlock it before you change it",
    "it is no longer in the workspace",
    "no document {document} in the workspace",
    "no sentence of the document has its Chinese",
    "holds no sentence under review; take a docx, xliff, xliff2 or xlsx that batch wrote.",
    "is neither XLIFF, nor a Word document, nor a workbook.",
    # translate: engines
    "Draft (offline)",
    "Word gloss (offline)",
    "CTranslate2 model",
    "Google Translate (public page)",
    "Microsoft Translator",
    "Baidu Fanyi",
    "Chat model (OpenAI-compatible)",
    "ready",
    "ready if the network is",
    "ready if the server is",
    "ready if the server is; model {model}",
    "ready; model {model}",
    "ready if the network is; MYMEMORY_EMAIL (sent along) raises the day's limit",
    "set LIBRETRANSLATE_URL to your server, or LIBRE_API_KEY for libretranslate.com",
    "set {names} (and OPENAI_API_KEY where the server wants a key)",
    "set {names}",
    "name a model folder: ct2:PATH",
    "the package deepl is missing; {remedy}",
    "the packages {names} are missing; {remedy}",
    "nothing",
    "every sentence, to {where}",
    "every sentence, to the server in LIBRETRANSLATE_URL, else to libretranslate.com",
    "every sentence and the job's terms, to api.deepl.com (api-free.deepl.com with a free key)",
    "every sentence with its terms and neighbours, to the server in OPENAI_BASE_URL",
    "free",
    "free: 5,000 characters a day, 50,000 with an e-mail address in MYMEMORY_EMAIL",
    "free on a server of one's own; libretranslate.com by plan",
    "your provider's",
    "{price} a million characters (list price); {note}",
    "{price} a million characters (list price)",
    "2 million a month free in tier F0",
    "free quota by plan",
    "500,000 a month free with a free key",
    "{engine}: is not ready; {state}.",
    "{engine}: gave the sentence back untranslated.",
    "{document}, segment {number}: {reason}",
    *REASONS,
)
# What is filled in here is a sentence of the same list, or a list of names.
_NESTED = ("role", "needed", "note", "state", "said")
_LISTED = ("names", "sources")


def borrowed(text: str) -> str:
    """`text` in the reader's language; as it is where it is none of these sentences."""
    if text in _whole():
        return t(text)
    for shape, message in _shapes():
        if hit := shape.fullmatch(text):
            return t(message, **{name: _filled(name, value) for name, value in hit.groupdict().items()})
    return text


def borrowed_reason(reason: str) -> str:
    """Why a place was changed, in the reader's language; of several reasons each."""
    whole = borrowed(reason)
    return whole if whole != reason else "; ".join(borrowed(part) for part in reason.split("; "))


def _filled(name: str, value: str) -> str:
    if name in _NESTED:
        return borrowed(value)
    return value.replace(" and of ", t(" and of ")).replace(" and ", t(" and ")) if name in _LISTED else value


@functools.cache
def _whole() -> frozenset[str]:
    return frozenset(message for message in BORROWED if "{" not in message)


@functools.cache
def _shapes() -> list[tuple[re.Pattern[str], str]]:
    """The sentences with something to fill in, the most exact first."""
    open_ones = sorted((message for message in BORROWED if "{" in message), key=len, reverse=True)
    return [(_shape(message), message) for message in open_ones]


def _shape(message: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", message)
    return re.compile(
        "".join(f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)), re.DOTALL
    )
