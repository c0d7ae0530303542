"""What is said of questionnaires that have the right shape and are wrong all the same."""

from collections.abc import Collection

import pytest

from builders import written
from msals_tui.questionnaire.checks import problems

AGE = '[[item]]\nid = "age"\ntype = "number"\nunit = "years"\nmin = 0\nmax = 120\n'
PAIN = '[[item]]\nid = "pain"\ntype = "yes_no"\n'
SIDE = (
    '[[item]]\nid = "side"\ntype = "choice"\noptions = ["left", "right", "both"]\n'
    'enable_when = { item = "pain", is = "yes" }\n'
)
WALK = '[[item]]\nid = "walk"\ntype = "yes_no"\n'
AID = '[[item]]\nid = "aid"\ntype = "choice"\noptions = ["cane", "frame"]\nenable_when = { item = "walk", is = "no" }\n'
WHAT = (
    '[[item]]\nid = "what"\ntype = "several"\noptions = ["arms", "legs", "face", { code = "none", exclusive = true }]\n'
)
SINCE = '[[item]]\nid = "since"\ntype = "date"\n'
ATTACKS = (
    '[[item]]\nid = "attacks"\ntype = "group"\nrow_label = "Attack"\nitems = [\n'
    '  { id = "attack_date", type = "date" },\n'
    '  { id = "attack_healed", type = "yes_no" },\n'
    "]\n"
)
ALL = AGE + PAIN + SIDE + WALK + AID + WHAT + SINCE + ATTACKS


def found(toml: str, base: str = "", **known: Collection[str]) -> list[tuple[str, str]]:
    """Place and code of every problem."""
    based = written(base) if base else None
    return [(one.place, one.code) for one in problems(written(toml), based, **known)]


def only_asked_when(condition: str) -> str:
    """All items above, and one more that hangs on a condition."""
    return f'{ALL}[[item]]\nid = "more"\ntype = "short_text"\nenable_when = {condition}\n'


def test_a_questionnaire_without_mistakes_has_no_problem() -> None:
    assert found(ALL, findings=[], sources=["test_source"], domains=[]) == []


@pytest.mark.parametrize(
    "condition",
    [
        '{ item = "pain", is = "yes" }',
        '{ item = "pain", is_not = "yes" }',
        '{ item = "pain", answered = true }',
        '{ item = "pain", missing = "not_sure" }',
        '{ item = "side", any_of = ["left", "both"] }',
        '{ all = [{ item = "what", is = "arms" }, { item = "what", is = "legs" }] }',
        '{ all = [{ item = "what", is = "arms" }, { item = "what", is_not = "legs" }] }',
        '{ item = "what", only = ["arms", "legs"] }',
        '{ all = [{ item = "age", above = 18 }, { item = "age", below = 20 }] }',
        '{ item = "age", at_least = 120 }',
        '{ all = [{ item = "since", months_ago_at_least = 1 }, { item = "since", months_ago_below = 2 }] }',
        '{ not = { any = [{ item = "since", months_ago_at_least = 6 }, { item = "since", months_ago_below = 6 }] } }',
        '{ item = "attacks", rows_at_least = 2 }',
        '{ item = "attacks", any_row = { all = [{ item = "attack_healed", is = "no" }, { item = "pain", is = "yes" }] } }',
        '{ any = [{ item = "pain", is = "yes" }, { item = "walk", is = "no" }, { item = "age", above = 60 }], at_least = 2 }',
        '{ all = [{ item = "pain", is = "no" }, { not = { item = "side", is = "left" } }] }',
        '{ any = [{ item = "pain", is = "no" }, { item = "side", is = "left" }] }',
    ],
)
def test_a_sound_condition_has_no_problem(condition: str) -> None:
    assert found(only_asked_when(condition)) == []


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ('{ item = "walking", is = "no" }', "UNKNOWN_ITEM"),
        ('{ item = "walk", is = "never" }', "UNKNOWN_OPTION"),
        ('{ item = "side", any_of = ["left", "middle"] }', "UNKNOWN_OPTION"),
        ('{ item = "walk", missing = "pending" }', "UNKNOWN_OPTION"),
        ('{ item = "more", answered = true }', "LOOKS_AT_ITSELF"),
        ('{ item = "age", is = "old" }', "WRONG_TEST"),
        ('{ item = "side", above = 3 }', "WRONG_TEST"),
        ('{ item = "pain", any_row = { item = "side", is = "left" } }', "WRONG_TEST"),
        ('{ item = "since", above = 3 }', "WRONG_TEST"),
        ('{ item = "attacks", is = "yes" }', "WRONG_TEST"),
        ('{ item = "attack_healed", is = "no" }', "INSIDE_GROUP"),
        ('{ item = "attacks", any_row = { item = "attack_heeled", is = "no" } }', "UNKNOWN_ITEM"),
        ('{ finding = "spasticity", is = "observed" }', "FINDING_TEST"),
    ],
)
def test_a_condition_that_cannot_be_asked_blocks(condition: str, code: str) -> None:
    [problem] = problems(written(only_asked_when(condition)), None)

    assert (problem.place, problem.code, problem.blocks) == ("more", code, True)


@pytest.mark.parametrize(
    ("born", "what"),
    [
        ('age = "age"', []),
        ('age = "age"\nat = "since"', []),
        ('age = "ages"', ['no number "ages"']),
        ('age = "since"\nat = "age"', ['no number "since"', 'no date "age"']),
    ],
)
def test_an_age_and_its_date_are_questions_of_the_questionnaire(born: str, what: list[str]) -> None:
    toml = f"[[born]]\n{born}\n" + only_asked_when('{ item = "age", above = 60 }')
    assert [problem.what for problem in problems(written(toml), None)] == what


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ('{ item = "age", above = 200 }', "NEVER_TRUE"),
        ('{ item = "age", at_most = -1 }', "NEVER_TRUE"),
        ('{ item = "attacks", rows_at_least = 13 }', "NEVER_TRUE"),
        ('{ any = [{ item = "pain", is = "no" }], at_least = 2 }', "NEVER_TRUE"),
        ('{ all = [{ item = "side", is = "left" }, { item = "side", is = "right" }] }', "UNREACHABLE"),
        ('{ all = [{ item = "age", above = 60 }, { item = "age", below = 18 }] }', "UNREACHABLE"),
        ('{ all = [{ item = "age", above = 18 }, { item = "age", below = 19 }] }', "UNREACHABLE"),
        ('{ all = [{ item = "what", is = "none" }, { item = "what", is = "arms" }] }', "UNREACHABLE"),
        ('{ all = [{ item = "what", only = ["arms"] }, { item = "what", is = "legs" }] }', "UNREACHABLE"),
        ('{ all = [{ item = "pain", answered = false }, { item = "pain", is = "no" }] }', "UNREACHABLE"),
        (
            '{ all = [{ item = "since", months_ago_at_least = 24 }, { item = "since", months_ago_below = 12 }] }',
            "UNREACHABLE",
        ),
        (
            '{ all = [{ item = "attacks", rows_at_least = 1 }, { not = { item = "attacks", rows_at_least = 1 } }] }',
            "UNREACHABLE",
        ),
        ('{ all = [{ item = "pain", is = "no" }, { item = "side", is = "left" }] }', "UNREACHABLE"),
        ('{ all = [{ item = "pain", is = "no" }, { item = "side", missing = "not_sure" }] }', "UNREACHABLE"),
        ('{ any = [{ item = "pain", is = "yes" }, { item = "pain", is_not = "yes" }] }', "ALWAYS_TRUE"),
        ('{ not = { all = [{ item = "side", is = "left" }, { item = "side", is = "both" }] } }', "ALWAYS_TRUE"),
    ],
)
def test_a_condition_that_decides_nothing_is_named_and_does_not_block(condition: str, code: str) -> None:
    [problem] = problems(written(only_asked_when(condition)), None)

    assert (problem.place, problem.code, problem.blocks) == ("more", code, False)


def test_two_items_that_wait_for_each_other_are_a_look_ahead() -> None:
    toml = PAIN.replace("yes_no", "yes_no", 1) + 'enable_when = { item = "side", is = "left" }\n' + SIDE

    assert found(toml) == [("pain", "LOOKS_AHEAD")]


def test_an_item_that_hangs_on_one_that_is_never_asked_is_named_with_it() -> None:
    never = '{ all = [{ item = "pain", is = "yes" }, { item = "pain", is = "no" }] }'
    toml = (
        PAIN
        + SIDE.replace('{ item = "pain", is = "yes" }', never)
        + ('[[item]]\nid = "since"\ntype = "short_text"\nenable_when = { item = "side", is = "both" }\n')
    )

    first, second = problems(written(toml), None)

    assert (first.place, first.code, second.place, second.code) == ("side", "UNREACHABLE", "since", "UNREACHABLE")
    assert '"side"' in second.what


def test_answers_from_two_branches_that_exclude_each_other_are_never_together() -> None:
    toml = (
        PAIN
        + SIDE
        + AID.replace("walk", "pain")
        + (
            '[[item]]\nid = "since"\ntype = "short_text"\n'
            'enable_when = { all = [{ item = "side", is = "left" }, { item = "aid", is = "cane" }] }\n'
        )
    )

    assert found(toml) == [("since", "UNREACHABLE")]


def test_a_question_in_a_round_may_look_at_earlier_ones_of_the_same_round_only() -> None:
    back = ATTACKS.replace(
        'type = "yes_no" }', 'type = "yes_no", enable_when = { item = "attack_date", answered = true } }'
    )
    ahead = ATTACKS.replace('type = "date" }', 'type = "date", enable_when = { item = "attack_healed", is = "no" } }')
    group = ATTACKS.replace('type = "date" }', 'type = "date", enable_when = { item = "attacks", answered = true } }')

    assert found(back) == []
    assert found(ahead) == [("attack_date", "LOOKS_AHEAD")]
    assert found(group) == [("attack_date", "LOOKS_AT_ITSELF")]


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        (PAIN + PAIN, ("pain", "DUPLICATE_ID")),
        (PAIN.replace("pain", "attack_date") + ATTACKS, ("attack_date", "DUPLICATE_ID")),
        (AID.replace('"frame"', '"cane"').partition("enable_when")[0], ("aid", "DUPLICATE_OPTION")),
        ('[[section]]\nid = "a"\n[[section]]\nid = "only"\n' + PAIN, ("a", "EMPTY_SECTION")),
    ],
)
def test_what_is_there_twice_or_not_at_all_blocks(toml: str, expected: tuple[str, str]) -> None:
    blocking = [(one.place, one.code) for one in problems(written(toml), None) if one.blocks]

    assert expected in blocking


def test_two_sections_of_the_same_id_block() -> None:
    toml = f'[[section]]\nid = "only"\n[[section.item]]{WALK.removeprefix("[[item]]")}{PAIN}'

    assert found(toml) == [("only", "DUPLICATE_ID")]


@pytest.mark.parametrize("kind", ["choice", "several"])
def test_more_than_seven_options_do_not_fit_on_one_screen(kind: str) -> None:
    options = [
        f'{{ code = "o{number}", exclusive = {"true" if kind == "several" else "false"} }}' for number in range(8)
    ]
    toml = '[[item]]\nid = "many"\ntype = "KIND"\noptions = [OPTIONS]\n'.replace("KIND", kind)

    assert found(toml.replace("OPTIONS", ", ".join(options))) == [("many", "TOO_MANY_OPTIONS")]
    assert found(toml.replace("OPTIONS", ", ".join(options[:7]))) == []


def test_a_body_map_may_have_more_than_seven_places() -> None:
    options = ", ".join(f'"place_{number}"' for number in range(16))

    assert found(f'[[item]]\nid = "where"\ntype = "body_map"\noptions = [{options}]\n') == []


def test_several_choices_need_one_for_a_person_to_whom_none_applies() -> None:
    assert found(WHAT.replace(', { code = "none", exclusive = true }', "")) == [("what", "NO_NONE_OPTION")]


def test_only_several_choices_have_use_for_an_exclusive_option() -> None:
    assert found(WHAT.replace("several", "choice")) == [("what", "IDLE_EXCLUSIVE")]


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ("unlikely_below = 1\nunlikely_above = 110", []),
        ("unlikely_above = 121", ["ODD_BOUNDS"]),
        ("unlikely_below = -1", ["ODD_BOUNDS"]),
        ("unlikely_below = 90\nunlikely_above = 10", ["ODD_BOUNDS"]),
        ("bands = [{ below = 40 }, { at_least = 40, below = 50 }, { at_least = 50 }]", []),
        ("bands = [{ at_least = 50 }, { below = 40 }]", []),
        ("bands = [{ below = 41 }, { at_least = 40 }]", ["BANDS_OVERLAP"]),
        ("bands = [{ at_least = 40 }, { at_least = 50, below = 60 }]", ["BANDS_OVERLAP"]),
        ("bands = [{ at_least = 130 }]", ["EMPTY_BAND"]),
        ("bands = [{ below = 0 }]", ["EMPTY_BAND"]),
        ("bands = [{ at_least = 50, below = 50 }]", ["EMPTY_BAND"]),
    ],
)
def test_bounds_and_bands_of_a_number_lie_within_its_range(more: str, codes: list[str]) -> None:
    assert [code for _, code in found(f"{AGE}{more}\n")] == codes


@pytest.mark.parametrize(
    ("lacks", "codes"),
    [
        ({"ask_patient": '" "'}, ["NO_WORDS"]),
        ({"ask": '" "'}, ["NO_WORDS"]),
        ({"why": '""'}, ["NO_WORDS"]),
        ({"sources": "[]"}, ["NO_SOURCE"]),
        ({"ask_patient": '" "', "answered_by": '["examiner"]'}, []),
        ({"help": '""', "answered_by": '["examiner"]'}, ["NO_WORDS"]),
        ({"help": '""'}, []),
    ],
)
def test_missing_words_and_sources_are_named(lacks: dict[str, str], codes: list[str]) -> None:
    toml = PAIN + "".join(f"{key} = {value}\n" for key, value in lacks.items())

    assert [code for _, code in found(toml)] == codes
    assert not any(one.blocks for one in problems(written(toml), None))


def test_every_word_that_an_item_lacks_is_named_at_once() -> None:
    assert [one.loc[-1] for one in problems(written(PAIN, bare=True), None)] == ["ask_patient", "why", "sources"]


def test_what_is_only_read_needs_no_reason_and_no_source() -> None:
    assert found('[[item]]\nid = "hello"\ntype = "statement"\nwhy = ""\nsources = []\n') == []


def test_sources_findings_and_domains_must_be_known() -> None:
    toml = PAIN + 'gate = ["course", "corse"]\nyes.observes = ["any_pain", "some_pain"]\nno.excludes = ["any_pain"]\n'

    assert found(toml, findings=["any_pain"], sources=["another"], domains=["course"]) == [
        ("pain", "UNKNOWN_SOURCE"), ("pain", "UNWEIGHED_FINDING"), ("pain", "UNKNOWN_DOMAIN"),
    ]  # fmt: skip
    assert found(toml) == []


def test_a_questionnaire_may_bring_its_own_sources() -> None:
    own = '[source.test_source]\nauthors = "A"\ntitle = "T"\nyear = 2020\n'

    assert found(PAIN + own, sources=[]) == []


def test_one_answer_cannot_observe_and_exclude_the_same_finding() -> None:
    assert found(PAIN + 'yes = { observes = ["a", "b"], excludes = ["b"] }\n') == [("pain", "CONTRADICTION")]


def test_findings_inside_rounds_count_for_nothing_and_are_named() -> None:
    toml = ATTACKS.replace('type = "yes_no" }', 'type = "yes_no", yes.observes = ["relapse"] }')

    assert found(toml) == [("attack_healed", "IDLE_MARKS")]


DERIVE = '[[derive]]\nfinding = "both"\nbecause = "Together."\n'


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        ('observed_when = { all = [{ item = "pain", is = "yes" }, { item = "walk", is = "no" }] }', []),
        ("", ["EMPTY_DERIVE"]),
        ('excluded_when = { item = "walkin", is = "no" }', ["UNKNOWN_ITEM"]),
        ('excluded_when = { item = "walk", is = "maybe" }', ["UNKNOWN_OPTION"]),
        ('observed_when = { finding = "spasticity", is = "observed" }', ["FINDING_TEST"]),
        ('observed_when = { all = [{ item = "pain", is = "no" }, { item = "side", is = "left" }] }', ["UNREACHABLE"]),
    ],
)
def test_a_derived_finding_hangs_on_items_that_are_there(condition: str, codes: list[str]) -> None:
    assert [code for _, code in found(f"{ALL}{DERIVE}{condition}\n")] == codes


def test_a_derived_finding_must_be_weighed_by_somebody() -> None:
    toml = f'{PAIN}{DERIVE}observed_when = {{ item = "pain", is = "yes" }}\n'

    assert found(toml, findings=["other"]) == [("both", "UNWEIGHED_FINDING")]


def taking(*items: str, more: str = "") -> str:
    """A questionnaire that takes items of a base."""
    names = ", ".join(f'"{item}"' for item in items)
    return f'base = "whole"\n[[section]]\nid = "taken"\ntake = [{names}]\n{more}'


BASE = f'id = "whole"\n{ALL}'


def test_items_are_taken_from_the_base_in_any_order_that_still_looks_back() -> None:
    assert found(taking("walk", "aid", "pain", "side", "attacks"), BASE) == []
    assert found(taking("side", "pain"), BASE) == [("side", "LOOKS_AHEAD")]


def test_an_item_that_the_base_does_not_have_cannot_be_taken() -> None:
    assert found(taking("pain", "pane"), BASE) == [("taken", "UNKNOWN_ITEM")]


def test_an_item_taken_twice_is_there_twice() -> None:
    assert found(taking("pain", "pain"), BASE) == [("pain", "DUPLICATE_ID")]


def test_a_base_that_is_not_there_blocks() -> None:
    assert found(taking("pain")) == [("test", "UNKNOWN_BASE")]
    assert found(taking("pain").replace('base = "whole"', "")) == [("taken", "UNKNOWN_BASE")]


def test_a_taken_item_whose_parent_is_not_taken_is_never_asked() -> None:
    assert found(taking("side"), BASE) == [("side", "UNREACHABLE")]


def test_an_own_item_cannot_hang_on_one_that_is_not_taken() -> None:
    own = '[[section.item]]\nid = "own"\ntype = "yes_no"\nenable_when = { item = "walk", is = "no" }\n'

    assert found(taking("pain", more=own), BASE) == [("own", "UNKNOWN_ITEM")]


def test_a_derived_finding_may_look_at_items_that_are_not_taken() -> None:
    derive = f'{DERIVE}observed_when = {{ any = [{{ item = "pain", is = "yes" }}, {{ item = "walk", is = "no" }}] }}\n'

    assert found(taking("pain", more=derive), BASE) == []


def test_nothing_is_said_of_conditions_on_items_that_could_not_be_read() -> None:
    toml = only_asked_when('{ all = [{ item = "lost", is = "yes" }, { item = "pain", is = "yes" }] }')

    assert found(toml, unread={"lost"}) == []


def test_all_problems_are_found_in_one_pass() -> None:
    toml = (
        PAIN + PAIN + SIDE.replace('"both"', '"left"') + AGE + "unlikely_above = 200\n" + AID
        + f'{DERIVE}observed_when = {{ item = "nothing", is = "yes" }}\n'
    )  # fmt: skip
    codes = {code for _, code in found(toml)}

    assert codes == {"DUPLICATE_ID", "DUPLICATE_OPTION", "ODD_BOUNDS", "UNKNOWN_ITEM"}


def test_a_hint_names_what_was_probably_meant() -> None:
    [problem] = problems(written(only_asked_when('{ item = "walks", is = "no" }')), None)

    assert problem.hint == 'did you mean "walk"?'
    assert problem.loc == ("section", 0, "item", 8, "enable_when", "item")


def test_thousands_of_items_that_hang_on_each_other_are_checked_without_calling_one_unreachable() -> None:
    item = '[[item]]\nid = "q{}"\ntype = "yes_no"\n'
    hangs = 'enable_when = {{ any = [{{ item = "q{}", is = "yes" }}, {{ item = "q{}", is = "no" }}] }}\n'
    hanging = (item.format(number) + hangs.format(number - 1, number - 2) for number in range(2, 2000))

    assert found("".join([item.format(0), item.format(1), *hanging])) == []


def test_more_items_than_can_be_asked_block_at_once() -> None:
    many = "".join(f'[[item]]\nid = "q{number}"\ntype = "yes_no"\n' for number in range(10_001))

    assert found(many) == [("test", "TOO_MANY_ITEMS")]


DENYING = """
[[item]]
id = "what"
type = "{type}"
options = [{{ code = "none", label = "None", {first} }}, {{ code = "some", label = "Some", {second} }}]
"""


@pytest.mark.parametrize(
    ("kind", "first", "second", "code"),
    [
        ("choice", "denies = true", "denies = true", "TWO_DENIALS"),
        ("several", "exclusive = true", "denies = true", "DENIES_BESIDE"),
        ("choice", "denies = true", "denies = false", None),
        ("several", "exclusive = true, denies = false", "denies = false", None),
    ],
)
def test_one_option_at_most_is_what_no_chooses(kind: str, first: str, second: str, code: str | None) -> None:
    toml = DENYING.format(type=kind, first=first, second=second)
    assert {one for _, one in found(toml)} == ({code} if code else set())
