"""Results in packets: whole phrases, codes before labels, units by what they are, and the latest of several."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msals_tui.evidence.result_words import plain_words
from packets import excluded, feature, matched, observed, packet, refused, result
from sittings import shipped

CK, B12, BANDS, COUNT = "LOINC:2157-6", "LOINC:2132-9", "LOINC:48668-8", "LOINC:49852-7"
FINDING = {CK: "ck_mildly_raised", B12: "b12_low", BANDS: "csf_oligoclonal_bands", COUNT: "csf_oligoclonal_bands"}


def status(*results: dict[str, Any]) -> str | None:
    """What results of one test say of its finding; whatever says nothing is listed."""
    found = matched(packet(measurements=list(results)))
    said = found.statuses.get(FINDING[results[0]["assay"]["id"]])
    assert said is not None or len(found.unmatched) >= 1
    return said


def words(label: str, code: str = "X:1") -> dict[str, Any]:
    return {"ontologyClass": {"id": code, "label": label}}


def amount(value: Any, unit: Any = "U/L", low: Any = None, high: Any = None, range_unit: Any = None) -> dict[str, Any]:
    """A quantity; a unit is a label, or a pair of id and label."""

    def named(one: Any) -> dict[str, str]:
        code, label = one if isinstance(one, tuple) else (f"UCUM:{one}", one)
        return {"id": code, "label": label}

    limits = {name: limit for name, limit in (("low", low), ("high", high)) if limit is not None}
    if range_unit is not None:
        limits["unit"] = named(range_unit)
    unit_of = {"unit": named(unit)} if unit is not None else {}
    return {"quantity": {"value": value, **unit_of, "referenceRange": limits}}


# -------------------- Whole phrases

SAYS_NEITHER = [
    "False positive",
    "Present in serum only",
    "positive in serum only",
    "Weakly positive",
    "Borderline",
    "Indeterminate",
    "Equivocal",
    "Previously positive",
    "previously negative",
    "positive in the past",
    "Positive?",
    "? positive",
    "probably negative",
    "Positive/negative",
    "positive control",
    "Negative for HIV",
    "positive for JC virus",
    "no longer positive",
    "not yet detected",
    "cannot be ruled out",
    "Ruled out by serum",
    "No new bands",
    "Bands in serum",
    "Bands absent in serum",
    "Mirror bands",
    "CSF bands equal to serum bands",
    "neither present nor absent",
    "Negative, see comment",
    "Positive (repeat sample negative)",
    "not negative",
    "Result not available",
    "Identical bands in CSF and serum",
    "bands",
    "no",
    "yes",
    "abnormal",
    "detected in blood",
    "absent in serum",
    "Positive 2019, negative 2023",
    "not Positive",
    "non-diagnostic",
    "unknown",
    "N/A",
    "x",
]


@pytest.mark.parametrize("label", SAYS_NEITHER)
def test_a_phrase_that_is_not_known_as_a_whole_says_nothing_and_is_listed(label: str) -> None:
    assert status(result(BANDS, **words(label))) is None


PHRASES = [
    ("Positive", "observed"),
    ("POSITIVE.", "observed"),
    ("  positive ", "observed"),
    ("positive!", "observed"),
    ("Present", "observed"),
    ("Detected", "observed"),
    ("Positive (qualifier value)", "observed"),
    ("The result is positive", "observed"),
    ("Reactive", "observed"),
    ("Bands present", "observed"),
    ("Presence of oligoclonal IgG bands", "observed"),
    ("OCB positive", "observed"),
    ("Absence of OCBs", "excluded"),
    ("No oligoclonal IgG bands detected", "excluded"),
    ("ruled out", "excluded"),
    ("Positive in CSF, negative in serum", "observed"),
    ("CSF-specific oligoclonal bands", "observed"),
    ("Positive for oligoclonal bands", "observed"),
    ("positive_finding", "observed"),
    ("[Positive]", "observed"),
    ("not detected", "excluded"),
    ("Not_Detected", "excluded"),
    ("not-detected", "excluded"),
    ("No bands", "excluded"),
    ("ABSENT", "excluded"),
    ("Negative", "excluded"),
    ("negative result", "excluded"),
    ("Nonreactive", "excluded"),
    ("non-reactive", "excluded"),
    ("None detected", "excluded"),
    ("Negative for oligoclonal bands", "excluded"),
    ("No oligoclonal bands found", "excluded"),
    ("Within normal limits", "excluded"),
    ("Absent (qualifier value)", "excluded"),
    ("undetected", "excluded"),
]


@pytest.mark.parametrize(("label", "expected"), PHRASES)
def test_a_phrase_that_is_known_as_a_whole_says_what_it_says(label: str, expected: str) -> None:
    assert status(result(BANDS, **words(label))) == expected


known = sorted(shipped().terms.words.says)


@given(
    st.sampled_from(known),
    st.sampled_from(
        ["false", "not", "previously", "serum", "probably", "partly", "repeat", "elsewhere", "?", "+", "un"]
    ),
    st.booleans(),
)
def test_a_foreign_word_beside_a_known_phrase_leaves_it_settling_nothing(phrase: str, more: str, before: bool) -> None:
    says = shipped().terms.words
    whole = f"{more} {phrase}" if before else f"{phrase} {more}"
    if plain_words(whole) not in says.says:
        assert says.meaning(whole) in (None, "open")


def test_a_word_does_not_say_how_high_creatine_kinase_is_and_is_listed() -> None:
    found = matched(packet(measurements=[result(CK, **words("Elevated"))]))
    assert found.statuses == {}
    assert found.unmatched == ('2157-6 A test ("Elevated" does not say how high)',)


def test_what_is_listed_repeats_the_words_and_says_why() -> None:
    found = matched(packet(measurements=[result(BANDS, **words("Present in serum, too"))]))
    assert found.unmatched == ('48668-8 A test ("Present in serum, too" is not known as a whole)',)


# -------------------- Codes before labels


@pytest.mark.parametrize(
    ("code", "label", "expected"),
    [
        ("LOINC:LA6576-8", "", "observed"),
        ("loinc:la6577-6", "", "excluded"),
        ("NCIT:C38758", "Positive Finding", "observed"),
        ("NCIT:C38757", "Negative", "excluded"),
        ("LOINC:LA9634-2", "Positive", None),
        ("NCIT:C38758", "Negative", None),
        ("NCIT:C38758", "False positive", None),
        ("LOINC:LA9633-4", "Present in serum only", None),
        ("NCIT:C0", "Positive", "observed"),
        ("unknown", "Positive", "observed"),
        ("null", "null", None),
        ("HP:6000397", "CSF oligoclonal bands", "observed"),
        ("HP:6000397", "", "observed"),
        ("HP:6000397", "Not detected", None),
        ("HP:6000397", "Weakly positive", None),
    ],
)
def test_the_code_says_it_and_a_label_that_says_otherwise_is_listed(
    code: str, label: str, expected: str | None
) -> None:
    assert status(result(BANDS, **words(label, code))) == expected


def test_a_number_beside_words_that_say_otherwise_counts_for_nothing() -> None:
    raised = amount(500, low=30, high=200)
    assert status(result(CK, **raised, **words("Normal"))) is None
    assert status(result(CK, **amount(100, low=30, high=200), **words("Normal"))) == "excluded"


def test_a_result_of_several_values_is_listed() -> None:
    one = {"assay": {"id": BANDS}, "complexValue": {"typedQuantities": []}}
    assert matched(packet(measurements=[one])).unmatched == ("48668-8 (has several values, which are not read)",)


# -------------------- Numbers and units

UNITS = [
    "U/L",
    "U/l",
    "u/L",
    "IU/L",
    "iu/l",
    "[iU]/L",
    "units/L",
    "U / L",
    "units per liter",
    "Units per Litre",
    "International Unit per Liter",
    "enzyme unit per liter",
    "mU/mL",
    ("UCUM:U/L", ""),
    ("ucum:U/L", "enzyme units per litre of serum"),
    ("http://unitsofmeasure.org/U/L", ""),
    ("http://unitsofmeasure.org|U/L", "U/L"),
    ("U/L", "x"),
    ("NCIT:C67456", "U/L"),
    ("unknown", "IU/L"),
    ("UCUM:U/L{37Cel}", ""),
]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("range_unit", ["U/L", "IU/L", None])
def test_one_unit_in_all_its_spellings_is_one_unit(unit: Any, range_unit: Any) -> None:
    assert status(result(CK, **amount(500, unit, 30, 200, range_unit))) == "observed"
    assert status(result(CK, **amount(100, unit, 30, 200, range_unit))) == "excluded"
    assert status(result(CK, **amount(5000, unit, 30, 200, range_unit))) is None


OTHER_UNITS = [
    ("ukat/L", "U/L"),
    ("U/L", "ukat/L"),
    (("x", "ukat/L"), ("UCUM:U/L", "U/L")),
    ("µkat/L", "IU/L"),
    ("U/mL", "U/L"),
    ("ng/mL", "U/L"),
    (None, "U/L"),
    ("U/L", "furlongs"),
    ("furlongs", "U/L"),
    (("UCUM:U/L", "ukat/L"), "U/L"),
    ("MU/L", "U/L"),
]


@pytest.mark.parametrize(("unit", "range_unit"), OTHER_UNITS)
@pytest.mark.parametrize("value", [8, 500])
def test_a_value_is_never_set_against_a_range_in_another_unit(unit: Any, range_unit: Any, value: int) -> None:
    found = matched(packet(measurements=[result(CK, **amount(value, unit, 30, 200, range_unit))]))
    assert found.statuses == {}
    assert found.unmatched == ("2157-6 A test (its reference range is in another unit)",)


@pytest.mark.parametrize("unit", ["ukat/L", "µkat/L", "μkat/l", ("UCUM:ukat/L", "microkatal per liter")])
def test_microkatals_in_their_own_range_are_carried_over_to_the_upper_end_of_the_finding(unit: Any) -> None:
    assert status(result(CK, **amount(8, unit, "0.5", "3.5"))) == "observed"
    assert status(result(CK, **amount("16.6", unit, "0.5", "3.5", unit))) == "observed"
    assert status(result(CK, **amount("16.7", unit, "0.5", "3.5", unit))) is None
    assert status(result(CK, **amount("3.5", unit, "0.5", "3.5", unit))) == "excluded"


def test_mass_and_amount_of_substance_are_never_set_against_each_other() -> None:
    assert status(result(B12, **amount(90, "pmol/L", 200, 900, "pg/mL"))) is None
    assert status(result(B12, **amount(90, "pg/mL", 200, 900, "ng/L"))) == "observed"
    assert status(result(B12, **amount(90, "pmol/L", 150, 700, "pmol/L"))) == "observed"


@pytest.mark.parametrize("unit", [None, "1", "{bands}", "bands", ("UCUM:{#}", "count")])
def test_bands_are_counted_without_a_unit(unit: Any) -> None:
    assert status(result(COUNT, **amount(2, unit))) == "observed"
    assert status(result(COUNT, **amount(0, unit))) == "excluded"


def test_bands_in_milligrams_are_no_count() -> None:
    assert status(result(COUNT, **amount(5, "mg/L"))) is None


@pytest.mark.parametrize(
    "quantity",
    [
        amount(0, low=30, high=200),
        amount(-5, low=30, high=200),
        amount(500, low=0, high=0),
        amount(500, low=200, high=30),
        amount(500, low=200, high=200),
        amount(500),
        amount(500, high=0),
        {"quantity": {}},
        {"quantity": {"unit": {}}},
        {},
    ],
)
def test_zeros_and_empty_ranges_are_what_converters_write_and_say_nothing(quantity: dict[str, Any]) -> None:
    assert status(result(CK, **quantity)) is None


NUMBERS = ["500", "500.0", "5e2", "5E+2", "+500", "0500", "500."]


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_in_quotes_are_read_as_protobuf_writes_them(text: str) -> None:
    assert status(result(CK, **amount(text, low="30", high="2e2"))) == "observed"


@pytest.mark.parametrize("sex", [1, "1", "FEMALE", "female", "Female", 1.0])
def test_an_enumeration_is_read_by_its_name_or_its_number(sex: Any) -> None:
    assert "sex_female" in observed(subject={"sex": sex})


@pytest.mark.parametrize("sex", [0, "0", "UNKNOWN_SEX", "unknown", "NA", "", "null", 3, "other_sex"])
def test_a_sex_that_is_not_known_says_nothing(sex: Any) -> None:
    assert "sex_female" not in matched(packet(subject={"sex": sex})).statuses


# -------------------- Several results


def at(timestamp: str, one: dict[str, Any]) -> dict[str, Any]:
    return {**one, "timeObserved": {"timestamp": timestamp}}


def aged(years: str, one: dict[str, Any]) -> dict[str, Any]:
    return {**one, "timeObserved": {"age": {"iso8601duration": years}}}


HIGH, NORMAL = result(CK, **amount(500, low=30, high=200)), result(CK, **amount(100, low=30, high=200))
DOUBTFUL = result(CK, **words("Borderline"))
EARLIER = "2157-6 A test (an earlier result; a later one counts in its place)"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z"),
        ("2020-01-01", "2020-01-02"),
        ("2020-01-01", "2020-01-02T08:00:00Z"),
        ("2020-01-01T10:00:00+02:00", "2020-01-01T08:30:00Z"),
        ("2020-01-01T23:30:00-05:00", "2020-01-02T05:00:00Z"),
        ("2020-01-01T10:00:00.000000001Z", "2020-01-01T10:00:00.000000002Z"),
        ("2020-01-01T10:00:00Z", "2020-01-01T10:00:00.5Z"),
    ],
)
@pytest.mark.parametrize("later_stands_first", [False, True])
def test_the_latest_counts_and_the_earlier_is_listed(first: str, second: str, later_stands_first: bool) -> None:
    for old, new, expected in ((HIGH, NORMAL, "excluded"), (NORMAL, HIGH, "observed")):
        results = [at(first, old), at(second, new)]
        found = matched(packet(measurements=results[::-1] if later_stands_first else results))
        assert (found.statuses["ck_mildly_raised"], found.unmatched) == (expected, (EARLIER,))


def test_ages_and_the_ends_of_intervals_order_results_too() -> None:
    assert status(aged("P40Y", HIGH), aged("P42Y", NORMAL)) == "excluded"
    interval = {"interval": {"start": "2019-01-01T00:00:00Z", "end": "2022-01-01T00:00:00Z"}}
    assert status({**HIGH, "timeObserved": interval}, at("2021-01-01T00:00:00Z", NORMAL)) == "observed"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (HIGH, NORMAL),
        (at("2020-01-01", HIGH), NORMAL),
        (at("2020-01-01", HIGH), at("2020-01-01", NORMAL)),
        (at("2020-01-01T10:00:00Z", HIGH), at("2020-01-01T10:00:00Z", NORMAL)),
        (at("2020-01-01", HIGH), at("2020-01-01T08:00:00Z", NORMAL)),
        (aged("P40Y", HIGH), aged("P40Y", NORMAL)),
        (aged("P40Y", HIGH), at("2020-01-01", NORMAL)),
        (at("1970-01-01T00:00:00Z", HIGH), NORMAL),
        (at("2020-01-01", HIGH), {**NORMAL, "timeObserved": {"ontologyClass": {"id": "HP:0003581"}}}),
        (at("unknown", HIGH), NORMAL),
        (HIGH, DOUBTFUL),
        (NORMAL, DOUBTFUL),
        (at("2020-01-01", HIGH), at("2021-01-01", DOUBTFUL)),
    ],
)
def test_results_that_disagree_and_cannot_be_ordered_or_a_last_one_that_cannot_be_read_say_nothing(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    for results in ((one, other), (other, one)):
        found = matched(packet(measurements=list(results)))
        assert "ck_mildly_raised" not in found.statuses
        assert found.unmatched


def test_results_that_agree_need_no_order_and_an_empty_one_takes_nobodys_place() -> None:
    assert matched(packet(measurements=[HIGH, HIGH])).unmatched == ()
    found = matched(packet(measurements=[at("2020-01-01", HIGH), at("2021-01-01", result(CK))]))
    assert found.statuses["ck_mildly_raised"] == "observed"
    assert found.unmatched == ("2157-6 A test (gives no result)",)


def test_the_latest_of_two_tests_of_one_finding_counts() -> None:
    old, new = (
        at("2019-01-01", result(COUNT, quantity={"value": 7})),
        at("2024-01-01", result(BANDS, **words("Negative"))),
    )
    found = matched(packet(measurements=[old, new]))
    assert found.statuses["csf_oligoclonal_bands"] == "excluded"
    assert found.unmatched == ("49852-7 A test (an earlier result; a later one counts in its place)",)


def test_a_result_given_as_a_term_is_ordered_with_the_others() -> None:
    old = at("2019-01-01", result(BANDS, **words("CSF oligoclonal bands", "HP:6000397")))
    found = matched(packet(measurements=[old, at("2024-01-01", result(BANDS, **words("Negative")))]))
    assert found.statuses == {"csf_oligoclonal_bands": "excluded"}
    assert found.unmatched == ("48668-8 A test (an earlier result; a later one counts in its place)",)


def test_a_result_and_a_term_that_say_two_things_count_for_nothing_and_both_are_listed() -> None:
    for one, says in (
        (feature("HP:6000397", "Bands"), "Negative"),
        (feature("HP:6000397", "Bands", excluded=True), "Positive"),
    ):
        found = matched(packet(one, measurements=[result(BANDS, **words(says))]))
        assert "csf_oligoclonal_bands" not in found.statuses
        assert len(found.unmatched) == 2
        assert all("neither counts" in line for line in found.unmatched)


def test_thousands_of_results_of_one_test_are_ordered_in_one_go() -> None:
    many = [at(f"20{number % 90 + 10}-01-01T00:00:00.{number:09}Z", HIGH) for number in range(2000)]
    found = matched(packet(measurements=[*many, at("2100-01-01T00:00:00Z", NORMAL)]))
    assert found.statuses["ck_mildly_raised"] == "excluded"
    assert found.unmatched == (EARLIER,)


def test_a_later_result_changes_nothing_of_another_test() -> None:
    both = [at("2020-01-01", HIGH), at("2021-01-01", result(B12, **words("Low")))]
    assert json.dumps(sorted(observed(measurements=both))) == '["b12_low", "ck_mildly_raised"]'
    assert excluded(measurements=both) == set()


# -------------------- What converters write of their own


@pytest.mark.parametrize("text", ["NaN", "", " ", "n/a", "null", "unknown"])
def test_a_placeholder_for_a_number_is_no_result_and_refuses_no_packet(text: str) -> None:
    found = matched(packet(measurements=[result(CK, quantity={"value": text, "unit": {"id": "UCUM:U/L"}})]))
    assert found.statuses == {}
    assert found.unmatched == ("2157-6 A test (gives no result)",)


def test_moments_in_seconds_are_read_as_moments() -> None:
    def at(seconds: Any) -> dict[str, Any]:
        return {"timeObserved": {"timestamp": {"seconds": seconds, "nanos": 5}}}

    old, new = result(CK, **amount(900, low=30, high=170)), result(CK, **amount(100, low=30, high=170))
    assert status({**old, **at("1500000000")}, {**new, **at(1600000000)}) == "excluded"
    assert status({**old, **at(1600000000)}, {**new, **at("1500000000")}) == "observed"


@pytest.mark.parametrize("seconds", [True, 1.5, "soon", 10**12 - 1, [1], None])
def test_seconds_that_are_no_moment_are_refused_with_their_place(seconds: Any) -> None:
    one = result(CK, **amount(900, low=30, high=170)) | {"timeObserved": {"timestamp": {"seconds": seconds}}}
    assert "measurements[0].timeObserved.timestamp" in refused(packet(measurements=[one]))
