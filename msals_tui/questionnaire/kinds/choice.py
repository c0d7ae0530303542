"""What is answered by choosing options: one, several, yes or no, places on a drawn body, one of a few drawn courses."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from msgspec import Meta

from msals_tui.questionnaire.answer import Answer, Plain
from msals_tui.questionnaire.condition import AnswerTest, Lookup
from msals_tui.questionnaire.kinds.item import OF_ALL, OF_CODES, Item, Marks, Option, Says
from msals_tui.questionnaire.problem import Loc, Nearest, Problem, duplicates, listed
from msals_tui.questionnaire.words import Words

YES, NO = "yes", "no"
MOST_OPTIONS = 7
"""More do not fit on one screen together with the question and its three ways not to answer."""
_MOST_NAMED = 6
"""Options of several choices; every subset of those that conditions name is a representative."""

Region: TypeAlias = Literal[
    "eyes", "face", "mouth_throat", "neck", "chest", "belly", "back",
    "right_upper_arm", "left_upper_arm", "right_hand", "left_hand",
    "right_thigh", "left_thigh", "right_foot", "left_foot", "pelvis",
]  # fmt: skip
"""A place that the body map can draw. Right and left are the patient's."""

Curve: TypeAlias = Literal[
    "attacks_recovery", "attacks_residue", "steady_decline", "stepwise", "stable", "improving", "single_attack"
]
"""A course that can be drawn."""


class Choice(Answer, frozen=True):
    """One or more answer options by code, in the order of the questionnaire; also yes/no, body map and course."""

    codes: tuple[str, ...]


class RegionOption(Option):
    """An answer option with a place on the body; `nowhere` options ("none of these") have none."""

    region: Region | None = None


class CourseOption(Option):
    """An answer option with a curve that draws it."""

    curve: Curve


class Chosen(Item):
    """What all items that are answered by choosing share."""

    comparisons: ClassVar[tuple[str, ...]] = (*OF_CODES, *OF_ALL)
    most_options: ClassVar[int | None] = MOST_OPTIONS
    """None if a screen holds any number."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its options."""
        return tuple(option.code for option in self.options)

    def read_value(self, value: object, today: date, outside: Lookup | None) -> Choice:
        """A code, or a list of codes."""
        codes = (value,) if isinstance(value, str) else value
        known = self.codes
        if not isinstance(codes, tuple) or not codes or any(code not in known for code in codes):
            raise self.wrong("names no option of this question", f"write one of {', '.join(known)}")
        if len(set(codes)) != len(codes) or (len(codes) > 1 and not self.takes_several):
            raise self.wrong("has too many options", "name one option" if not self.takes_several else "name each once")
        exclusive = [option.code for option in self.options if option.exclusive and option.code in codes]
        if exclusive and len(codes) > 1:
            raise self.wrong(f'has "{exclusive[0]}" beside other options', f'leave out "{exclusive[0]}" or all others')
        return self.chosen(frozenset(codes))

    def plain_value(self, answer: Answer) -> Plain:
        """One code, or a list of codes."""
        return list(answer.codes) if self.takes_several else answer.codes[0]

    def said_value(self, answer: Answer, words: Words, *, patient: bool) -> str:
        """The words of what was chosen."""
        return ", ".join(self.label(code, words, patient=patient) for code in answer.codes)

    def summed_up(self, answer: Answer, words: Words) -> dict[str, Any]:
        """The codes."""
        return {"codes": list(answer.codes)} if answer.codes else super().summed_up(answer, words)

    def facts(self, words: Words) -> dict[str, Any]:
        """The options."""
        return {"several": self.takes_several, "options": self.options}

    def findings_of(self, answer: Answer) -> tuple[set[str], set[str]]:
        """What the chosen options show, and what is excluded since an option was not chosen."""
        observed, excluded = super().findings_of(answer)
        for option in self.options:
            if option.code not in answer.codes:
                excluded.update(option.unchosen_excludes)
        return observed, excluded

    def marks_met(self, answer: Answer) -> Iterator[Marks]:
        """The chosen options."""
        yield from (option for option in self.options if option.code in answer.codes)

    def chosen(self, codes: frozenset[str]) -> Choice:
        """A choice in the questionnaire's own order, so that the same answer is always the same value."""
        return Choice(tuple(code for code in self.codes if code in codes))

    def made(self, chosen: frozenset[str], rows: Answer) -> Choice | None:
        """What is chosen."""
        return self.chosen(chosen) if chosen else None

    def chosen_in(self, answer: Answer) -> frozenset[str]:
        """Its codes."""
        return frozenset(answer.codes)

    def worded(self, says: Says) -> str | None:
        """For no, the one option that denies."""
        denying = [one.code for one in self.options if one.denies] or [
            one.code for one in self.options if one.exclusive and one.denies is None
        ]
        return denying[0] if says == NO and len(denying) == 1 else None

    def picked(self, chosen: frozenset[str], entry: str) -> frozenset[str]:
        """One instead of another; of several, one more or less. An exclusive option stands alone."""
        if not self.takes_several:
            return frozenset({entry})
        if entry in chosen:
            return chosen - {entry}
        exclusive = {option.code for option in self.options if option.exclusive}
        return frozenset({entry}) if entry in exclusive else (chosen - exclusive) | {entry}

    def problems(self, loc: Loc, *, in_round: bool) -> Iterator[Problem]:
        """Options without words, twice, too many, or exclusive where only one can be chosen."""
        for number, option in enumerate(self.options):
            if not option.label.strip():
                where, what = (*loc, "options", number, "label"), f'option "{option.code}" has no words'
                yield Problem(where, self.id, "NO_WORDS", what, "write what a person can choose")
        places = ((option.code, (*loc, "options", number, "code")) for number, option in enumerate(self.options))
        for one in duplicates(places, "option"):
            hint = "give this option another code"
            yield Problem(one.loc, self.id, "DUPLICATE_OPTION", one.what, hint, blocks=True)
        if self.most_options is not None and len(self.options) > self.most_options:
            what = f"has {len(self.options)} options, and more than {self.most_options} do not fit on one screen"
            hint = "join some, or make two questions of it"
            yield Problem((*loc, "options"), self.id, "TOO_MANY_OPTIONS", what, hint)
        yield from self.exclusive_problems(loc, in_round=in_round)
        yield from self._denial_problems(loc)

    def _denial_problems(self, loc: Loc) -> Iterator[Problem]:
        """More than one option that "no" would choose, or one that others can stand beside."""
        denying = [(number, option) for number, option in enumerate(self.options) if option.denies]
        for number, option in denying:
            where = (*loc, "options", number, "denies")
            if len(denying) > 1:
                what = f'option "{option.code}" denies, and another does too'
                yield Problem(where, self.id, "TWO_DENIALS", what, 'let one deny: "no" chooses it')
            elif self.takes_several and not option.exclusive:
                what = f'option "{option.code}" denies, but others can be chosen beside it'
                yield Problem(where, self.id, "DENIES_BESIDE", what, "make it exclusive, or leave `denies` out")

    def exclusive_problems(self, loc: Loc, *, in_round: bool) -> Iterator[Problem]:
        """Exclusive options where only one can be chosen anyway."""
        if self.takes_several:
            return
        for number, option in enumerate(self.options):
            if option.exclusive:
                where = (*loc, "options", number, "exclusive")
                what = f'option "{option.code}" is exclusive, but only one can be chosen anyway'
                yield Problem(where, self.id, "IDLE_EXCLUSIVE", what, "leave `exclusive` out")

    def test_problems(self, test: AnswerTest, loc: Loc, place: str, nearest: Nearest) -> Iterator[Problem]:
        """Codes that it does not offer."""
        yield from unknown_codes(test, self.codes, loc, place, nearest)

    def representatives(self, tests: tuple[AnswerTest, ...]) -> tuple[Answer, ...] | None:
        """Each option; of several, every choice among those that tests name, with or without one of the others beside it."""
        if not self.takes_several:
            return tuple(Choice((code,)) for code in self.codes)
        named = {code for test in tests for code in test.codes}
        told_apart = [option for option in self.options if option.code in named]
        if len(told_apart) > _MOST_NAMED:
            return None
        others = [option for option in self.options if option.code not in named]
        shared = [option for option in others if not option.exclusive][:1]
        free = [option for option in (*told_apart, *shared) if not option.exclusive]
        alone = [option for option in (*told_apart, *others) if option.exclusive]
        chosen: list[tuple[str, ...]] = [()]
        for option in free:
            chosen += [(*one, option.code) for one in chosen]
        return (*(Choice(codes) for codes in chosen if codes), *(Choice((option.code,)) for option in alone))

    def tries(self, tests: Mapping[str, tuple[AnswerTest, ...]]) -> Iterator[Answer]:
        """Each option alone; of several, every two of them, and all, too."""
        yield from (Choice((code,)) for code in self.codes)
        if self.takes_several:
            free = [code for code in self.codes if not any(one.exclusive for one in self.options if one.code == code)]
            yield Choice(tuple(free))
            yield from (Choice(pair) for pair in combinations(free, 2))


def unknown_codes(
    test: AnswerTest, offered: tuple[str, ...], loc: Loc, place: str, nearest: Nearest
) -> Iterator[Problem]:
    """Codes in a comparison that its item does not offer."""
    for code in test.codes:
        if code not in offered:
            hint = nearest.hint(code, offered, f"it offers {listed(offered)}")
            what = f'waits for "{code}", which "{test.item}" does not offer'
            yield Problem((*loc, test.name), place, "UNKNOWN_OPTION", what, hint, blocks=True)


class ChoiceItem(Chosen):
    """Exactly one of up to seven options."""

    type: Literal["choice"]
    options: Annotated[tuple[Option, ...], Meta(min_length=2)]


class SeveralItem(Chosen):
    """Any number of options, at least one ("none of these" is an exclusive option)."""

    type: Literal["several"]
    options: Annotated[tuple[Option, ...], Meta(min_length=2)]

    @property
    def takes_several(self) -> bool:
        """Always."""
        return True

    def exclusive_problems(self, loc: Loc, *, in_round: bool) -> Iterator[Problem]:
        """Nobody may be left without an answer; a round is there because something happened, so that something applies."""
        if not in_round and not any(option.exclusive for option in self.options):
            what = "has no option for a person to whom none of these applies"
            hint = 'add one such as "None of these", exclusive = true'
            yield Problem((*loc, "options"), self.id, "NO_NONE_OPTION", what, hint)


class YesNoItem(Chosen):
    """Yes or no."""

    type: Literal["yes_no"]
    yes: Marks = Marks()
    no: Marks = Marks()

    @property
    def codes(self) -> tuple[str, ...]:
        """Yes and no."""
        return (YES, NO)

    def worded(self, says: Says) -> str:
        """What is said."""
        return says

    def label(self, code: str, words: Words, *, patient: bool = False) -> str:
        """Yes or no, in the words of the program."""
        return words(f"answer.{code}")

    def facts(self, words: Words) -> dict[str, Any]:
        """Both answers, with the words of the program."""
        sides = ((YES, self.yes), (NO, self.no))
        return {
            "options": [
                {"code": code, "label": self.label(code, words), "label_patient": None, **mark.facts()}
                for code, mark in sides
            ]
        }

    def named_marks(self) -> Iterator[tuple[Loc, Marks]]:
        """Both answers."""
        yield ("yes",), self.yes
        yield ("no",), self.no

    def labelled_marks(self, words: Words) -> Iterator[tuple[str, Marks]]:
        """Both answers with their words."""
        yield words("answer.yes"), self.yes
        yield words("answer.no"), self.no

    def marks_met(self, answer: Answer) -> Iterator[Marks]:
        """Those of yes or of no."""
        yield self.yes if YES in answer.codes else self.no


class BodyMapItem(Chosen):
    """Places on a drawn body: one, or several when `several` is true. Not bound to seven options."""

    most_options: ClassVar[int | None] = None
    type: Literal["body_map"]
    several: bool = False
    options: Annotated[tuple[RegionOption, ...], Meta(min_length=2)]

    @property
    def takes_several(self) -> bool:
        """As it says."""
        return self.several

    def kind_words(self, words: Words) -> str:
        """With whether several places may be chosen."""
        said = super().kind_words(words)
        return words("items.several", type=said) if self.several else said


class CourseItem(Chosen):
    """One of a few drawn courses."""

    type: Literal["course"]
    options: Annotated[tuple[CourseOption, ...], Meta(min_length=2)]
