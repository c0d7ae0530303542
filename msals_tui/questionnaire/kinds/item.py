"""What all items share, and everything that the program asks of a kind of item. A kind says only where it differs.

The simplest kind, which is only read, is here too.

To add a kind: a module here with its item and the value of its answer, its place in `kinds.AnyItem`, and one entry in the
table of each front end (`ui/views/kinds.py`, `plain/kinds.py`).
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from msgspec import Meta, Struct

from msals_tui.errors import Filled, InputFault
from msals_tui.questionnaire.answer import Answer, Missing, MissingCode, Plain, missing_keyed, missing_label
from msals_tui.questionnaire.base import Code, Definition, Id, Label, Paragraph, Sentence
from msals_tui.questionnaire.condition import AnswerTest, Condition, Lookup
from msals_tui.questionnaire.dates.occasion import Occasion
from msals_tui.questionnaire.problem import Loc, Nearest, Problem
from msals_tui.questionnaire.words import Words

Respondent: TypeAlias = Literal["patient", "carer", "examiner", "laboratory"]
Effort: TypeAlias = Literal["history", "examination", "blood", "nerve", "imaging", "puncture"]
"""What it takes to learn the answer, cheapest first."""
EFFORTS: tuple[Effort, ...] = ("history", "examination", "blood", "nerve", "imaging", "puncture")

OF_CODES = ("is", "is_not", "any_of", "only")
"""The comparisons that name codes."""
OF_ROWS = ("rows_at_least", "any_row")
"""Those with rounds or rows."""
OF_ALL = ("answered", "missing")
"""The comparisons that make sense with every question."""

DIGITS = 7
"""Options that have a digit of their own. 8, 9 and 0 choose nothing on any question."""

_USUAL = (MissingCode.NOT_SURE, MissingCode.NOT_ASKED, MissingCode.DECLINED)


Speech: TypeAlias = Callable[[], tuple[Words, Occasion]]
"""The words of a language and what reading in it needs to know, once something is to be read in it."""

Says: TypeAlias = Literal["yes", "no"]
"""What a letter of the keyboard answers, whatever it is called in a language."""
SAYS: tuple[Says, ...] = ("yes", "no")


class Way(Struct, frozen=True):
    """One way to settle a doubt: its words, and the answer that is then given; None leads back to the question."""

    label: str
    answer: Answer | None


class Doubt(Struct, frozen=True):
    """A question of its own about an answer in the making, asked before it counts."""

    says: str
    ways: tuple[Way, ...]
    by_letter: bool = False
    """Whether it is settled by the letters of yes and no; a digit may be the answer itself, typed once more."""

    @property
    def numbered(self) -> dict[str, Way]:
        """Its ways by their numbers, from 1."""
        return {str(number): way for number, way in enumerate(self.ways, 1)}

    def worded(self, says: Says) -> str | None:
        """The number of the way that yes or no settles it by; None where they say nothing."""
        return str(SAYS.index(says) + 1) if self.by_letter else None


def asked_back(says: str, answer: Answer, words: Words) -> Doubt:
    """Whether this answer shall be taken: yes or no."""
    return Doubt(says, (Way(words("answer.yes"), answer), Way(words("answer.no"), None)), by_letter=True)


class Unclear(InputFault):
    """What was typed can be several answers; `doubt` asks which."""

    def __init__(self, doubt: Doubt, *, where: str) -> None:
        self.doubt = doubt
        super().__init__(doubt.says, where=where)


class Marks(Definition):
    """Which findings an answer observes or excludes. What is named in neither stays unknown."""

    observes: tuple[Id, ...] = ()
    excludes: tuple[Id, ...] = ()

    def named(self) -> Mapping[str, tuple[str, ...]]:
        """The findings that are named, by the key that they stand under."""
        return {"observes": self.observes, "excludes": self.excludes}

    def facts(self) -> dict[str, Any]:
        """Everything that a list of all items says of it."""
        return dict(self.named())


class Option(Marks):
    """One answer option."""

    code: Code
    label: Label
    label_patient: Label | None = None
    exclusive: bool = False
    """Of several choices, choosing this one clears the others ("none of these")."""
    denies: bool | None = None
    """Whether it is what "no" chooses. Where it says nothing, an exclusive option does ("none of these")."""
    unchosen_excludes: tuple[Id, ...] = ()
    """Findings that are excluded when the question was answered and this option was not among the chosen."""

    def words_for(self, *, patient: bool) -> str:
        """The option's words for this reader."""
        return self.label_patient or self.label if patient else self.label

    def named(self) -> Mapping[str, tuple[str, ...]]:
        """The findings that are named, by the key that they stand under."""
        return {**super().named(), "unchosen_excludes": self.unchosen_excludes}

    def facts(self) -> dict[str, Any]:
        """Everything that a list of all items says of it."""
        facts: dict[str, Any] = {
            "code": self.code,
            "label": self.label,
            "label_patient": self.label_patient,
            **Marks.named(self),
        }
        if self.unchosen_excludes:
            facts["unchosen_excludes"] = self.unchosen_excludes
        if self.exclusive:
            facts["exclusive"] = True
        if self.denies is not None:
            facts["denies"] = self.denies
        return facts


class Item(Definition):
    """One question, or something to read."""

    id: Id
    type: str
    """The kind, as files name it."""
    ask: Sentence
    """The question in a clinician's words."""
    ask_patient: Sentence | None = None
    """The same in plain words for the patient; needed where the patient or a carer can answer."""
    why: Paragraph = ""
    """Why this is asked and what the answer would mean."""
    help: Paragraph = ""
    """How to ask it, how to examine it, what counts; for staff."""
    help_patient: Paragraph = ""
    """What counts, in plain words for the patient."""
    sources: tuple[Id, ...] = ()
    answered_by: Annotated[tuple[Respondent, ...], Meta(min_length=1)] = ("patient",)
    effort: Effort = "history"
    enable_when: Condition | None = None
    gate: tuple[Id, ...] = ()
    """Domains that count as asked about once this item is answered ("not sure" is an answer)."""
    private: bool = False
    """Hidden from a patient's later screens; always shown to staff."""

    # What a kind is

    is_question: ClassVar[bool] = True
    """Whether there is something to answer."""
    is_typed: ClassVar[bool] = False
    """Whether the answer is written rather than chosen."""
    in_own_words: ClassVar[bool] = False
    """Whether the answer is somebody's own words: any of them is an answer, and it needs no source."""
    comparisons: ClassVar[tuple[str, ...]] = OF_ALL
    """The comparisons that make sense with it, as conditions write them."""
    has_parts: ClassVar[bool] = False
    """Whether conditions may look at a row or a mark of its answer."""

    @property
    def options(self) -> tuple[Option, ...]:
        """The answer options, none where it has none; yes/no items have theirs in the words of the program."""
        return ()

    @property
    def unit(self) -> str:
        """What a number is measured in; "" of everything else."""
        return ""

    @property
    def items(self) -> "tuple[Item, ...]":
        """The questions that are asked in each of its rounds; none where it has no rounds."""
        return ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that an answer may hold, in order."""
        return ()

    @property
    def takes_several(self) -> bool:
        """Whether more than one option may be chosen."""
        return False

    @property
    def takes_lines(self) -> bool:
        """Whether several lines may be written."""
        return False

    @property
    def longest(self) -> int:
        """Characters that may be written."""
        return 60

    @property
    def figures(self) -> dict[str, object]:
        """What sentences about its answers fill in."""
        return {"count": self.longest, "unit": self.unit}

    @property
    def missing_codes(self) -> tuple[MissingCode, ...]:
        """The ways not to answer this item, none of which is "no"."""
        return (*_USUAL, MissingCode.PENDING) if "laboratory" in self.answered_by else _USUAL

    def missing_keyed(self, letter: str) -> MissingCode | None:
        """The way not to answer that a letter stands for behind a colon; None if this item has no such way."""
        code = missing_keyed(letter)
        return code if code in self.missing_codes else None

    # Files

    def read(self, value: object, today: date, outside: Lookup | None = None) -> Answer:
        """The answer that a file holds for this item; InputFault says what is wrong with it.

        With `outside`, the answers around it, rounds keep only what applies in them; without, they are taken as written.
        """
        if self.is_question and isinstance(value, Mapping) and set(value) == {"missing"}:
            return self.read_missing(value["missing"])
        return self.read_value(value, today, outside)

    def spelled_out(self, value: object, speech: Speech) -> object:
        """What a person wrote into a file, as files of ours have it. Raises InputFault with the reason if it is wrong."""
        return value

    def read_missing(self, value: object) -> Missing:
        """The way not to answer that a file names. Raises InputFault if this item has no such way."""
        code = next((one for one in self.missing_codes if one == value), None)
        if code is None:
            raise self.wrong("has an unknown missing code", f"write one of {', '.join(self.missing_codes)}")
        return Missing(code)

    def read_value(self, value: object, today: date, outside: Lookup | None) -> Answer:
        """The value that a file holds; InputFault says what is wrong with it."""
        raise NotImplementedError

    def plain(self, answer: Answer) -> Plain:
        """The answer as it stands in answers files, summaries and journals; `read` reads it back."""
        return {"missing": str(answer.code)} if isinstance(answer, Missing) else self.plain_value(answer)

    def plain_value(self, answer: Answer) -> Plain:
        """The value as files hold it."""
        raise NotImplementedError

    def wrong(self, what: str, hint: str) -> InputFault:
        """What is wrong with the answer of a file, to be raised."""
        return InputFault(Filled("{id} {what}", id=self.id, what=what), hint=hint)

    def cleaned(self, value: object) -> int:
        """How many characters of a file's value cannot be kept as they are."""
        return 0

    # Words

    def said(self, answer: Answer, words: Words, *, patient: bool = False) -> str:
        """The answer in words, on one line (text keeps its lines)."""
        if isinstance(answer, Missing):
            return missing_label(answer.code, words, patient=patient)
        return self.said_value(answer, words, patient=patient)

    def said_value(self, answer: Answer, words: Words, *, patient: bool) -> str:
        """The value in words."""
        raise NotImplementedError

    def told(self, answer: Answer, words: Words, *, patient: bool = False) -> tuple[str, ...]:
        """What stands below the one line of an answer that has parts, a line each; nothing of others."""
        return ()

    def label(self, code: str, words: Words, *, patient: bool = False) -> str:
        """The words of one answer option."""
        return next(option for option in self.options if option.code == code).words_for(patient=patient)

    def summed_up(self, answer: Answer, words: Words) -> dict[str, Any]:
        """What a summary says of an answer beside its words, for programs."""
        return {"missing": str(answer.code)} if isinstance(answer, Missing) else {}

    def kind_words(self, words: Words) -> str:
        """The kind in words, as a list of all items says it."""
        return words(f"items.type.{self.type}")

    def choices(self, words: Words) -> Iterator[tuple[str, str]]:
        """What an answers file may name, each with its words."""
        yield from ((code, self.label(code, words)) for code in self.codes)

    def facts(self, words: Words) -> dict[str, Any]:
        """What a list of all items says of this kind: values, marks and items, as they are."""
        return {}

    @property
    def wording(self) -> list[Any]:
        """Everything that the meaning of an answer hangs on."""
        options = [(one.code, one.label, one.label_patient) for one in self.options]
        return [
            self.type,
            self.ask,
            self.ask_patient,
            self.unit,
            options,
            [(one.id, one.wording) for one in self.items],
        ]

    # Findings

    def named_marks(self) -> Iterator[tuple[Loc, Marks]]:
        """Every place that can name findings."""
        yield from ((("options", number), option) for number, option in enumerate(self.options))

    def labelled_marks(self, words: Words) -> Iterator[tuple[str, Marks]]:
        """The same with the words of the answers that name them."""
        yield from ((option.label, option) for option in self.options)

    @property
    def findings(self) -> tuple[str, ...]:
        """Every finding that an answer can observe or exclude, each once."""
        named = [one for _, mark in self.named_marks() for one in (*mark.observes, *mark.excludes)]
        unchosen = [one for option in self.options for one in option.unchosen_excludes]
        return tuple(dict.fromkeys((*named, *unchosen)))

    def findings_of(self, answer: Answer) -> tuple[set[str], set[str]]:
        """The findings that an answer observes, and those that it excludes."""
        observed: set[str] = set()
        excluded: set[str] = set()
        for mark in self.marks_met(answer):
            observed.update(mark.observes)
            excluded.update(mark.excludes)
        return observed, excluded

    def marks_met(self, answer: Answer) -> Iterator[Marks]:
        """The marks that hold of an answer."""
        yield from ()

    # An answer in the making

    def entries(self, rows: Answer) -> tuple[str, ...]:
        """Everything that can be pointed at and chosen, from the top; `rows` are the rounds that there are."""
        return self.codes

    def keyed(self, key: str, pointer: str | None) -> str | None:
        """The entry that a digit stands for; None if it stands for nothing."""
        return dict(zip("1234567", self.codes, strict=False)).get(key)

    def worded(self, says: Says) -> str | None:
        """The entry that yes or no means; None where none does, or where more than one could."""
        return None

    def missing_entry(self, code: MissingCode, pointer: str | None) -> str:
        """The entry that a way not to answer picks; `pointer` is where somebody points, None where nobody does."""
        return code

    def picked(self, chosen: frozenset[str], entry: str) -> frozenset[str]:
        """What is chosen after an entry was picked."""
        return frozenset({entry})

    def pointed_after(self, entry: str) -> str:
        """What is pointed at once an entry was picked."""
        return entry

    def made(self, chosen: frozenset[str], rows: Answer) -> Answer | None:
        """The answer that these entries and rounds make; None if they make none."""
        return None

    def chosen_in(self, answer: Answer) -> frozenset[str]:
        """The entries that an answer chooses."""
        return frozenset()

    def left_open(self, chosen: frozenset[str]) -> int:
        """How many of its parts have no answer yet, which is asked about before it is taken."""
        return 0

    def typed(self, text: str, words: Words, occasion: Occasion) -> Answer:
        """The answer that a person typed; InputFault carries one kind sentence for the screen, in their language.

        Raises Unclear where the text can be several answers, which only the person can tell apart.
        """
        raise NotImplementedError

    def understood(self, text: str, words: Words, occasion: Occasion) -> str:
        """What is said back of a text while it is typed; "" where there is nothing to say."""
        return ""

    def meant(self, answer: Answer, words: Words, occasion: Occasion) -> str:
        """What is said back of a typed answer before anybody goes on; "" where its words say all."""
        return ""

    def written(self, answer: Answer, words: Words) -> str:
        """An answer as it stands in the field where it is typed; "" where nothing is typed."""
        return ""

    def unlikely(self, answer: Answer) -> bool:
        """Whether an answer is possible but so unusual that it should be looked at once more."""
        return False

    def doubt(self, answer: Answer, words: Words) -> Doubt | None:
        """What is asked back of an unlikely answer before it is taken; None of every other."""
        if not self.unlikely(answer):
            return None
        return asked_back(words("question.unlikely", answer=self.said(answer, words)), answer, words)

    # Checks

    def problems(self, loc: Loc, *, in_round: bool) -> Iterator[Problem]:
        """What is wrong with this kind of item by itself."""
        yield from ()

    def test_problems(self, test: AnswerTest, loc: Loc, place: str, nearest: Nearest) -> Iterator[Problem]:
        """What is wrong with a comparison with this item that its kind allows."""
        yield from ()

    def representatives(self, tests: tuple[AnswerTest, ...]) -> tuple[Answer, ...] | None:
        """Values that these comparisons can tell apart; None if there are too many to follow."""
        return ()

    def tries(self, tests: Mapping[str, tuple[AnswerTest, ...]]) -> Iterator[Answer]:
        """Answers that show what an answer can show, the likeliest to tell first; of many ways to combine parts only some.

        `tests` are the comparisons that are made anywhere, by item.
        """
        yield from self.representatives(tests.get(self.id, ())) or ()


class StatementItem(Item):
    """Something to read; nothing to answer."""

    is_question: ClassVar[bool] = False
    comparisons: ClassVar[tuple[str, ...]] = ()

    type: Literal["statement"]

    @property
    def missing_codes(self) -> tuple[MissingCode, ...]:
        """None: nobody is asked."""
        return ()

    def read_value(self, value: object, today: date, outside: Lookup | None) -> Answer:
        """Never anything."""
        raise self.wrong("is only read and takes no answer", "leave it out")
