"""What a typed line means: a command, or the answer to the open question."""

from msgspec import Struct

from msals_tui.questionnaire.answer import MISSING_KEYS, Missing, MissingCode, missing_label
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.words import Words


class Voice(Struct, frozen=True):
    """In which words a sitting speaks, and to whom."""

    words: Words
    patient: bool

    def label(self, item: Item, code: str) -> str:
        """An answer option."""
        return item.label(code, self.words, patient=self.patient)

    def missing(self, code: MissingCode) -> str:
        """A way not to answer."""
        return missing_label(code, self.words, patient=self.patient)


class Command(Struct, frozen=True):
    """A line that begins with a colon: one letter, digit or word, and what follows it."""

    name: str
    rest: str = ""


def command(typed: str) -> Command | None:
    """The command in a typed line, None if it is an answer; two colons begin a text that begins with one."""
    line = typed.strip()
    if not line.startswith(":") or line.startswith("::"):
        return None
    name, _, rest = line[1:].strip().partition(" ")
    return Command(name.lower(), rest.strip())


def unescaped(typed: str) -> str:
    """The text that a line stands for."""
    return typed.replace("::", ":", 1) if typed.lstrip().startswith("::") else typed


def way_said(code: MissingCode, voice: Voice) -> str:
    """A way not to answer with what is typed for it."""
    return voice.words("plain.way", letter=MISSING_KEYS[code].letter, way=voice.missing(code))


def bare_way(item: Item, typed: str, voice: Voice) -> str | None:
    """What is said where the letter of a way not to answer was typed without its colon; None of every other line."""
    code = item.missing_keyed(typed) if typed.isdecimal() else None
    return voice.words("plain.bare_way", typed=typed, way=way_said(code, voice)) if code is not None else None


def missing_named(item: Item, name: str) -> Missing | None:
    """The way not to answer that `:8`, `:9`, `:0` or `:p` names, None if this question has no such way."""
    code = item.missing_keyed(name)
    return Missing(code) if code is not None else None
