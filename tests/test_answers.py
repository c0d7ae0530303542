"""What may be an answer: numbers, dates and rounds as people and files write them, and nothing that only looks like one."""

from decimal import Decimal

import pytest

from builders import questionnaire
from msals_tui.errors import InputFault
from msals_tui.questionnaire.answer import Missing, MissingCode
from msals_tui.questionnaire.dates.occasion import Occasion
from msals_tui.questionnaire.dates.reading import read_date
from msals_tui.questionnaire.dates.value import is_canonical
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.group import Row, Rows
from msals_tui.questionnaire.kinds.number import Number, NumberItem
from msals_tui.questionnaire.response import Response
from scenario import TODAY
from sittings import english

ASKED = questionnaire("""
[[item]]
id = "light_chain"
type = "number"
unit = "pg/mL"
min = 0
max = 100000

[[item]]
id = "level"
type = "number"
unit = "g/l"
min = -10
max = 100000
decimals = 2

[[item]]
id = "index"
type = "number"
unit = "parts"
min = 0
max = 100000
decimals = 3

[[item]]
id = "eyes"
type = "yes_no"

[[item]]
id = "attacks"
type = "group"
row_label = "Attack"

[[item.items]]
id = "attack_sight"
type = "yes_no"

[[item.items]]
id = "attack_eye"
type = "choice"
options = ["one", "both"]
enable_when = { item = "attack_sight", is = "yes" }

[[item.items]]
id = "attack_pain"
type = "yes_no"
enable_when = { item = "eyes", is = "yes" }
""")


def typed(item: str, text: str) -> Decimal:
    """The number that a typed text gives."""
    one = ASKED.item(item)
    assert isinstance(one, NumberItem)
    answer = one.typed(text, english(), Occasion.on(TODAY))
    assert isinstance(answer, Number)
    return answer.value


@pytest.mark.parametrize("text", ["1,000", "1.000", "12,000", "1 000", "1,000,000", "1.000.000", "1,000.5"])
@pytest.mark.parametrize("item", ["light_chain", "level"])
def test_a_number_with_its_thousands_set_apart_is_refused_with_the_way_to_write_it(item: str, text: str) -> None:
    with pytest.raises(InputFault) as fault:
        typed(item, text)
    assert fault.value.what == "Write thousands without a comma or a space: 1000"


@pytest.mark.parametrize(
    "text", ["1_000", "\uff11\uff12", "\u0661", "1e3", "1.2.3", "", "--1", "nan", "\u00b2", "1\n2"]
)
def test_what_is_no_plain_number_in_ascii_digits_is_refused(text: str) -> None:
    with pytest.raises(InputFault) as fault:
        typed("level", text)
    assert "Write a number" in fault.value.what


@pytest.mark.parametrize(
    ("item", "text", "value"),
    [("light_chain", "1000", "1000"), ("level", "2,5", "2.5"), ("level", " 2.50 ", "2.5"), ("index", "1,234", "1.234"),
     ("level", "-3", "-3"), ("level", ".5", "0.5"), ("light_chain", "0", "0")],
)  # fmt: skip
def test_a_plain_number_with_a_point_or_a_comma_is_taken_as_it_is(item: str, text: str, value: str) -> None:
    assert typed(item, text) == Decimal(value)


def test_three_digits_behind_nought_are_too_many_and_not_thousands() -> None:
    with pytest.raises(InputFault, match="at most 2 digits"):
        typed("level", "0,125")


@pytest.mark.parametrize(
    "text", ["2019\n", "\uff12\uff10\uff11\uff19", "2019-04\n", "8 months ago\n", "\u0668 months ago"]
)
def test_no_line_end_and_no_foreign_digit_enters_the_canonical_text_of_a_date(text: str) -> None:
    assert not is_canonical(text)


@pytest.mark.parametrize(
    "text",
    ["-5 months ago", "about -5 months ago", "\uff18 months ago", "\uff12\uff10\uff11\uff19", "9" * 5000 + " days"],
)
def test_what_cannot_be_a_time_is_no_date(text: str) -> None:
    assert read_date(text, english(), Occasion.on(TODAY)).refusal == "not_understood"


@pytest.mark.parametrize(
    ("text", "canonical"), [("2019-04", "2019-04"), ("April - 2019", "2019-04"), ("4/2019", "2019-04")]
)
def test_a_dash_between_the_parts_of_a_date_is_no_minus(text: str, canonical: str) -> None:
    assert [when.text for when in read_date(text, english(), Occasion.on(TODAY)).dates] == [canonical]


def rounds(*given: dict[str, object], eyes: str = "yes") -> object:
    """The rounds that a file's tables give."""
    outside = Response(ASKED, TODAY, {"eyes": Choice((eyes,))})
    return ASKED.item("attacks").read(given, TODAY, outside)


def test_answers_of_a_round_that_do_not_apply_are_left_out_as_on_the_screen() -> None:
    sight, eye, pain = (
        ("attack_sight", Choice(("no",))),
        ("attack_eye", Choice(("one",))),
        ("attack_pain", Choice(("no",))),
    )
    told = {"attack_sight": "no", "attack_eye": "one", "attack_pain": "no"}
    assert rounds(told) == Rows((Row((sight, pain)),))
    assert rounds(told, eyes="no") == Rows((Row((sight,)),))
    assert rounds({**told, "attack_sight": "yes"}, eyes="no") == Rows((Row((("attack_sight", Choice(("yes",))), eye)),))


@pytest.mark.parametrize("given", [{}, {"attack_eye": "one"}])
def test_a_round_without_an_answer_is_refused_in_one_sentence(given: dict[str, object]) -> None:
    with pytest.raises(InputFault, match="round without an answer"):
        rounds(given)


@pytest.mark.parametrize(
    ("item", "plain"),
    [("eyes", "yes"), ("level", Decimal("2.5")), ("level", 2), ("attacks", ({"attack_sight": "yes", "attack_eye": "both"},)),
     ("attacks", ()), ("eyes", {"missing": "declined"})],
)  # fmt: skip
def test_an_answer_goes_back_into_a_file_as_it_came(item: str, plain: object) -> None:
    one = ASKED.item(item)
    again = one.plain(one.read(plain, TODAY))
    assert (tuple(again) if isinstance(again, list) else again) == plain


def test_a_patient_reads_why_there_is_no_answer_in_the_patients_words() -> None:
    skipped = Missing(MissingCode.NOT_ASKED)
    assert ASKED.item("eyes").said(skipped, english()) == "Not asked"
    assert ASKED.item("eyes").said(skipped, english(), patient=True) == "Skip this one"
