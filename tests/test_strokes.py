"""Characters typed on a card of options: digits choose, yes and no answer, and words choose nothing."""

import re
import string

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import questionnaire
from every_kind import EVERY_KIND, TYPED
from msals_tui.flow.open_answer import OpenAnswer
from msals_tui.questionnaire.answer import Answer, Missing, MissingCode
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.words import Words
from sittings import english, shipped

SIDE = '[[item]]\nid = "it"\ntype = "choice"\noptions = ["left", "right", "both"]\n'
PAIN = (
    '[[item]]\nid = "it"\ntype = "several"\n'
    'options = ["sharp", { code = "none", label = "No pain", exclusive = true }, "dull"]\n'
)
TROUBLE = (
    '[[item]]\nid = "it"\ntype = "choice"\noptions = ["much", { code = "no", label = "No", denies = true }, "some"]\n'
)
CARDS = tuple(
    one
    for name in ("ms_als_intake", "ms_als_brief")
    for one in shipped().questionnaire(name).items
    if one.is_question and not one.is_typed
)
"""Every shipped question that is answered on a card of options."""
WORDS = (
    "2 years ago", "no idea", "yesterday", "numb", "nobody knows", "yes but only at night", "since 2019", "1 or 2", "the 2nd",
    "none", "not sure", "n/a", "y not", "in 1985", "about 3 months", "12000", "2011", "12/03/2024", "yessir", "noone", "nyx",
)  # fmt: skip
YES_OR_NO = re.compile(r"\s*(?:[yn\d\s]|yes(?![a-z])|no(?![a-z]))*", re.IGNORECASE)
"""What is no sentence: digits, and yes and no by letter or by word."""


def item(toml: str) -> Item:
    return questionnaire(toml).items[0]


def opened(of: Item, answer: Answer | None = None) -> OpenAnswer:
    return OpenAnswer.of(of, answer, english())


def typed(open_answer: OpenAnswer, text: str, words: Words | None = None) -> OpenAnswer:
    for character in text:
        open_answer = open_answer.stroke(character, words or english(), patient=False)
    return open_answer


def stands(open_answer: OpenAnswer) -> tuple[object, ...]:
    """Everything of an answer that a person chose."""
    return open_answer.chosen, open_answer.missing, open_answer.pointer, open_answer.aimed


# Words


@pytest.mark.parametrize("sentence", WORDS)
@pytest.mark.parametrize("kind", sorted(set(EVERY_KIND) - set(TYPED)))
def test_words_leave_every_kind_of_answer_as_it_was(kind: str, sentence: str) -> None:
    before = opened(item(EVERY_KIND[kind]))
    after = typed(before, sentence)
    assert stands(after) == stands(before)
    assert after.fault == english()("fault.words")


@given(st.data())
@settings(max_examples=300)
def test_any_sentence_leaves_the_answer_as_it_was_on_every_shipped_question(data: st.DataObject) -> None:
    asked = data.draw(st.sampled_from(CARDS))
    sentence = data.draw(st.text(string.ascii_letters + string.digits + " .,-?äß", min_size=2, max_size=30))
    assume(not YES_OR_NO.fullmatch(sentence) and sum(letter.isalpha() for letter in sentence) >= 2)
    before = opened(asked, data.draw(st.sampled_from([None, Missing(MissingCode.NOT_SURE)])))
    if data.draw(st.booleans()):
        before = before.picked(data.draw(st.sampled_from(before.entries)))
    after = typed(before, sentence)
    assume(after.typing is not None and after.typing.in_words)  # else it ended in yes or no, such as "ny"
    assert stands(after) == stands(before)


@given(st.data())
@settings(max_examples=200)
def test_enter_after_words_goes_nowhere(data: st.DataObject) -> None:
    asked, sentence = data.draw(st.sampled_from(CARDS)), data.draw(st.sampled_from(WORDS))
    settled, answer = typed(opened(asked), sentence).settled(english(), None)  # type: ignore[arg-type]
    assert answer is None
    assert stands(settled) == stands(opened(asked))


def test_after_words_the_next_key_that_is_no_character_begins_anew() -> None:
    open_answer = typed(opened(item(SIDE)), "two years").ended()
    assert typed(open_answer, "2").chosen == {"right"}


def test_words_are_taken_back_character_by_character() -> None:
    open_answer = typed(opened(item(SIDE)), "1x")
    assert open_answer.chosen == set()
    for left in (1, 0):
        shorter = open_answer.unstroked(english(), patient=False)
        assert shorter is not None
        open_answer = shorter
        assert len(open_answer.typing.text if open_answer.typing is not None else "") == left
    assert stands(open_answer) == stands(opened(item(SIDE)))
    assert open_answer.unstroked(english(), patient=False) is None


def test_a_digit_is_not_taken_back_by_backspace() -> None:
    assert typed(opened(item(SIDE)), "1").unstroked(english(), patient=False) is None


# Yes and no


@pytest.mark.parametrize(
    ("toml", "text", "chosen"),
    [
        (EVERY_KIND["yes_no"], "y", {"yes"}), (EVERY_KIND["yes_no"], "n", {"no"}),
        (EVERY_KIND["yes_no"], "Y", {"yes"}), (EVERY_KIND["yes_no"], "yes", {"yes"}), (EVERY_KIND["yes_no"], "No", {"no"}),
        (EVERY_KIND["yes_no"], "ny", {"yes"}), (EVERY_KIND["yes_no"], "yyyy", {"yes"}), (EVERY_KIND["yes_no"], "1n", {"no"}),
        (PAIN, "n", {"none"}), (PAIN, "nnn", {"none"}), (PAIN, "13n", {"none"}), (PAIN, "n1", {"sharp"}), (PAIN, "y", set()),
        (TROUBLE, "n", {"no"}), (TROUBLE, "no", {"no"}), (TROUBLE, "3n", {"no"}),
        (SIDE, "n", set()), (SIDE, "y", set()),
        (EVERY_KIND["group"], "n", {"done"}), (EVERY_KIND["group"], "y", set()),
        (EVERY_KIND["grid"], "n", {"neck/normal", "trunk/normal"}), (EVERY_KIND["grid"], "1n", {"neck/weak", "trunk/normal"}),
    ],
)  # fmt: skip
def test_yes_and_no_answer_by_a_letter_or_a_word(toml: str, text: str, chosen: set[str]) -> None:
    assert typed(opened(item(toml)), text).chosen == chosen


@pytest.mark.parametrize(("letter", "sentence"), [("y", "fault.no_yes"), ("n", "fault.no_no")])
def test_where_yes_or_no_could_be_nothing_or_several_that_is_said(letter: str, sentence: str) -> None:
    after = typed(opened(item(SIDE)), letter)
    assert after.fault == english()(sentence)
    assert after.settled(english(), None)[1] is None  # type: ignore[arg-type]


def test_half_a_word_is_no_answer_yet() -> None:
    after = typed(opened(item(EVERY_KIND["yes_no"])), "ye")
    assert after.chosen == set()
    assert after.settled(english(), None)[1] is None  # type: ignore[arg-type]


@pytest.mark.parametrize(("yes", "no", "yes_word", "no_word"), [("j", "n", "Ja", "Nein"), ("s", "n", "Sí", "No")])
def test_the_letters_are_those_of_the_language(yes: str, no: str, yes_word: str, no_word: str) -> None:
    table = dict(english().table)
    table["answer"] = {"yes": yes_word, "no": no_word, "yes_key": yes, "no_key": no}
    words, asked = replace(english(), table=table), opened(item(EVERY_KIND["yes_no"]))
    for text, chosen in ((yes, "yes"), (no, "no"), (yes_word.lower(), "yes"), (no_word, "no")):
        assert typed(asked, text, words).chosen == {chosen}
    assert typed(asked, "y", words).chosen == set()
    assert stands(typed(asked, "noch nicht", words)) == stands(asked)


def test_no_finds_one_answer_at_most_on_every_shipped_question() -> None:
    for asked in CARDS:
        entry = asked.worded("no")
        assert entry is None or entry in opened(asked).entries or entry in asked.entries(opened(asked).rows)
        if asked.type == "yes_no":
            assert (asked.worded("yes"), entry) == ("yes", "no")
        elif entry is not None and asked.type in ("choice", "several"):
            assert re.match(
                r"No|None|Neither|Normal|Negative|Feeling in the hands is normal", asked.label(entry, english())
            )


# Digits


@given(st.data())
def test_a_digit_chooses_its_own_answer_or_none_on_every_shipped_question(data: st.DataObject) -> None:
    asked = data.draw(st.sampled_from([one for one in CARDS if one.type not in ("group", "grid")]))
    digit = data.draw(st.sampled_from(string.digits))
    after = typed(opened(asked), digit)
    numbered = dict(zip("1234567", asked.codes, strict=False))
    assert after.missing is None
    assert after.chosen == ({numbered[digit]} if digit in numbered else set())
    assert bool(after.fault) == (digit not in numbered)


def test_enter_after_a_digit_that_nothing_has_goes_nowhere_once() -> None:
    settled, answer = typed(opened(item(SIDE)), "18").settled(english(), None)  # type: ignore[arg-type]
    assert answer is None
    assert settled.fault
    assert settled.settled(english(), None)[1] == Choice(("left",))  # type: ignore[arg-type]


@pytest.mark.parametrize("number", ["2019", "1985", "120", "12000", "100"])
def test_a_number_that_is_typed_on_a_card_of_options_chooses_nothing(number: str) -> None:
    assert stands(typed(opened(item(SIDE)), number)) == stands(opened(item(SIDE)))


def test_digits_one_after_the_other_mark_several() -> None:
    none = '{ code = "none", label = "None", exclusive = true }'
    many = f'[[item]]\nid = "it"\ntype = "several"\noptions = ["a", "b", "c", {none}]\n'
    assert typed(opened(item(many)), "123").chosen == {"a", "b", "c"}
