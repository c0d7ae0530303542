"""What `items` tells a stranger: conditions as data and in words, and every way to answer."""

import json
from typing import Any

import pytest

from builders import questionnaire
from msals_tui.report.condition_words import condition_json, condition_words
from msals_tui.report.items_json import items_json, items_text
from sittings import english

BEFORE = """
[[item]]
id = "weak"
type = "yes_no"
yes = { observes = ["weakness"] }
no = { excludes = ["weakness"] }

[[item]]
id = "where"
type = "several"
options = ["arm", { code = "leg", unchosen_excludes = ["leg_weakness"] }, { code = "none", exclusive = true }]

[[item]]
id = "age"
type = "number"
unit = "years"
min = 0
max = 110
decimals = 1
bands = [{ below = 40, observes = ["young"] }, { at_least = 40.5, excludes = ["young"] }]

[[item]]
id = "begin"
type = "date"

[[item]]
id = "attacks"
type = "group"
row_label = "Attack"

[[item.items]]
id = "sight"
type = "yes_no"

[[item]]
id = "last"
type = "short_text"
"""


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ('{ item = "weak", is = "yes" }', "weak is yes"),
        ('{ item = "where", is_not = "arm" }', "where is answered and is not arm"),
        ('{ item = "where", any_of = ["arm", "leg"] }', "where is one of (arm, leg)"),
        ('{ item = "where", only = ["leg"] }', "where is nothing but (leg)"),
        ('{ item = "age", above = 40.5 }', "age is above 40.5"),
        ('{ item = "begin", months_ago_below = 6 }', "begin was less than 6 months ago"),
        ('{ item = "attacks", rows_at_least = 2 }', "attacks has at least 2 rounds"),
        ('{ item = "attacks", any_row = { item = "sight", is = "yes" } }', "a round of attacks has (sight is yes)"),
        ('{ item = "age", answered = false }', "age is not answered"),
        ('{ item = "age", missing = "not_sure" }', 'age is "Not sure"'),
        ('{ not = { item = "weak", is = "no" } }', "not (weak is no)"),
        (
            '{ all = [{ item = "weak", is = "yes" }, { any = [{ item = "age", at_most = 9 }, { item = "age", '
            "answered = true }] }] }",
            "weak is yes and (age is at most 9 or age is answered)",
        ),
        (
            '{ any = [{ item = "weak", is = "yes" }, { item = "age", at_least = 9 }], at_least = 2 }',
            "at least 2 of (weak is yes, age is at least 9)",
        ),
    ],
)
def test_a_condition_is_said_in_words_and_given_back_as_it_was_written(condition: str, words: str) -> None:
    import tomllib

    asked = questionnaire(BEFORE + f"enable_when = {condition}\n")
    when = asked.items[-1].enable_when
    assert when is not None
    assert condition_words(when, english()) == words
    assert json.loads(json.dumps(condition_json(when))) == tomllib.loads(f"c = {condition}")["c"]


def items() -> dict[str, dict[str, Any]]:
    """The items of the small questionnaire, by id."""
    return {item["id"]: item for item in json.loads(items_json(questionnaire(BEFORE), english()))["items"]}


def test_every_answer_type_tells_what_an_answer_may_be() -> None:
    told = items()
    assert [option["code"] for option in told["weak"]["options"]] == ["yes", "no"]
    assert told["weak"]["options"][0]["observes"] == ["weakness"]
    assert told["where"]["several"] is True
    assert told["where"]["options"][2]["exclusive"] is True
    assert told["where"]["options"][1]["unchosen_excludes"] == ["leg_weakness"]
    assert (told["age"]["min"], told["age"]["max"], told["age"]["decimals"]) == (0, 110, 1)
    assert told["age"]["bands"][1] == {"at_least": 40.5, "observes": [], "excludes": ["young"]}
    assert told["last"]["max_length"] == 400
    assert [inner["id"] for inner in told["attacks"]["items"]] == ["sight"]


def test_an_item_names_each_finding_that_its_answers_bear_on_once() -> None:
    told = items()
    assert told["weak"]["findings"] == ["weakness"]
    assert told["where"]["findings"] == ["leg_weakness"]
    assert told["age"]["findings"] == ["young"]


def test_derived_findings_come_with_their_conditions() -> None:
    derived = """
[[derive]]
finding = "both"
because = "Two answers together."
observed_when = { item = "weak", is = "yes" }
"""
    (one,) = json.loads(items_json(questionnaire(BEFORE + derived), english()))["derived"]
    assert one["observed_when"] == {"item": "weak", "is": "yes"}
    assert one["excluded_when"] is None


def test_the_list_to_read_names_every_item_with_its_options() -> None:
    said = "\n".join(items_text(questionnaire(BEFORE), english()))
    assert "  where (several options): About where?\n      arm: Arm" in said
    assert "age (number, 0 to 110 years)" in said
    assert "      sight (yes or no): About sight?" in said
