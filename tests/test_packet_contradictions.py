"""What a packet says narrower, twice, or with a placeholder counts for no more than it says; the list and the sums agree."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msals_tui.evidence.evidence import Evidence
from msals_tui.exchange.placeholders import is_placeholder
from packets import (
    FASCICULATIONS,
    FINDINGS,
    HPO,
    WASTING,
    WEAKNESS,
    age,
    excluded,
    feature,
    matched,
    no,
    observed,
    packet,
)
from sittings import shipped

SPASTICITY, BABINSKI, BRISK = "HP:0001257", "HP:0003487", "HP:0001347"
RIGHT, SEVERE = {"id": "HP:0012834", "label": "Right"}, {"id": "HP:0012828", "label": "Severe"}
DATED = {"timestamp": "2015-05-01T00:00:00Z"}

# -------------------- A narrower "no"

NARROWER: list[dict[str, Any]] = [
    {"modifiers": [RIGHT]},
    {"modifiers": [{"id": "HP:0012833", "label": "Unilateral"}]},
    {"modifiers": [{"id": "X:1"}]},
    {"modifiers": [{"label": "after exercise"}]},
    {"severity": SEVERE},
    {"severity": {"id": "HP:0012825", "label": "Mild"}},
    {"onset": age("P30Y")},
    {"onset": DATED},
    {"onset": {"ontologyClass": {"id": "HP:0003581"}}},
    {"onset": {"interval": {"start": "2015-01-01T00:00:00Z", "end": "2016-01-01T00:00:00Z"}}},
    {"ageOfOnset": {"age": "P30Y"}},
    {"classOfOnset": {"id": "HP:0003584"}},
    {"resolution": age("P40Y")},
    {"resolution": DATED},
    {"evidence": [{"evidenceCode": {"id": "ECO:0006154", "label": "self-reported patient statement evidence"}}]},
    {"description": "Not on the right side."},
    {"description": "no longer"},
    {"description": "only after exercise"},
]


@pytest.mark.parametrize("more", NARROWER, ids=str)
def test_an_exclusion_that_is_narrower_than_its_term_excludes_nothing_and_is_listed(more: dict[str, Any]) -> None:
    one = feature(SPASTICITY, "Spasticity", excluded=True, **more)
    found = matched(packet(one))
    assert found.statuses == {}
    [line] = found.unmatched
    assert line.startswith("HP:0001257 Spasticity (excluded only with ")
    assert line.endswith("and excludes nothing)")


@pytest.mark.parametrize(
    "label",
    [
        "Right-sided spasticity",
        "Severe spasticity",
        "Spasticity at onset",
        "spasticity (left)",
        "Spasticity, only the legs",
    ],
)
def test_a_label_that_is_narrower_than_its_term_excludes_nothing_either(label: str) -> None:
    found = matched(packet(feature(SPASTICITY, label, excluded=True)))
    assert (found.statuses, len(found.unmatched)) == ({}, 1)


NO_NARROWER: list[dict[str, Any]] = [
    {},
    {"modifiers": [], "severity": {}, "onset": {}, "resolution": {}, "evidence": []},
    {"modifiers": [{}], "severity": {"id": "", "label": ""}, "onset": {"age": {}}},
    {"modifiers": [{"id": "null", "label": "null"}], "severity": {"id": "unknown"}},
    {"onset": {"timestamp": "1970-01-01T00:00:00Z"}},
    {"onset": {"timestamp": "unknown"}},
    {"onset": {"ontologyClass": {"id": "NA"}}},
    {"evidence": [{"evidenceCode": {"id": "ECO:0000033"}, "reference": {"id": "PMID:1"}}]},
    {"description": "A Babinski sign was looked for."},
]


@pytest.mark.parametrize("more", NO_NARROWER, ids=str)
def test_an_exclusion_with_nothing_beside_it_excludes_its_finding(more: dict[str, Any]) -> None:
    found = matched(packet(feature(BABINSKI, "Babinski sign", excluded=True, **more)))
    assert (found.statuses["babinski_sign"], found.statuses) == ("excluded", matched(packet(no(BABINSKI))).statuses)
    assert not any(line.startswith(BABINSKI) for line in found.unmatched)


def test_a_word_of_the_release_narrows_nothing() -> None:
    for term, label in HPO.labels.items():
        assert excluded(feature(term, label, excluded=True)) == excluded(no(term)), label


def test_a_narrower_no_makes_no_rule_hold_either() -> None:
    assert "no_pyramidal_signs" in observed(no("HP:0002493"))
    assert "no_pyramidal_signs" not in observed(feature("HP:0002493", excluded=True, modifiers=[RIGHT]))
    assert "twitching_without_weakness" in observed(FASCICULATIONS, no(WEAKNESS))
    mildly = feature(WEAKNESS, excluded=True, severity=SEVERE)
    assert "twitching_without_weakness" not in observed(FASCICULATIONS, mildly)


# -------------------- A qualifier of what was observed


def test_an_observed_sign_of_one_side_counts_and_the_side_is_said() -> None:
    found = matched(packet(feature(SPASTICITY, "Spasticity", modifiers=[RIGHT], severity=SEVERE)))
    assert found.statuses == {"spasticity": "observed"}
    only = "(only qualifies HP:0001257)"
    assert found.unmatched == (f"HP:0012834 Right {only}", f"HP:0012828 Severe {only}")


def test_what_is_on_one_side_is_neither_symmetric_nor_widespread() -> None:
    for modifier in ("HP:0012833", "HP:0012834", "HP:0012835", "HP:0012838", "HP:0030650"):
        beside = {"modifiers": [{"id": modifier}]}
        assert "symmetric_areflexia" not in observed(feature("HP:0001284", **beside))
        assert "widespread_fasciculations_with_weakness" not in observed(feature(FASCICULATIONS, **beside), WEAKNESS)
    assert "symmetric_areflexia" in observed("HP:0001284")


def test_a_sign_that_went_counts_and_that_it_went_is_said() -> None:
    found = matched(packet(feature(SPASTICITY, "Spasticity", resolution=age("P40Y"))))
    assert found.statuses == {"spasticity": "observed"}
    assert found.unmatched == ("HP:0001257 Spasticity (counts, though it is said to have ended)",)


def test_of_what_shows_nothing_it_is_not_said_that_it_counts() -> None:
    found = matched(packet({"type": {"label": "Odd"}, "resolution": age("P40Y"), "severity": SEVERE}))
    assert found.unmatched == ("Odd", "HP:0012828 Severe (only qualifies Odd)")


def test_a_modifier_that_says_excluded_takes_the_sign_away() -> None:
    found = matched(packet(feature(SPASTICITY, "Spasticity", modifiers=[{"id": "HP:0040285", "label": "Excluded"}])))
    assert (found.statuses, len(found.unmatched)) == ({}, 1)


@pytest.mark.parametrize(
    "label",
    [
        "Neck weakness without head drop",
        "No head drop",
        "head drop?",
        "possible head drop",
        "head drop: denied",
        "not a drop",
    ],
)
def test_a_word_of_a_label_that_is_denied_tells_nothing(label: str) -> None:
    assert "head_drop" not in observed(feature("HP:0000467", label))
    assert "head_drop" in observed(feature("HP:0000467", "Head drop"))


@pytest.mark.parametrize(
    "label", ["No spasticity", "Denies spasticity", "Suspected spasticity", "?spasticity", "Without spasticity"]
)
def test_a_label_that_takes_back_what_its_id_says_counts_for_nothing_and_is_listed(label: str) -> None:
    found = matched(packet(feature(SPASTICITY, label)))
    why = "its label denies or doubts what its id says; counts for nothing"
    assert (found.statuses, found.unmatched) == ({}, (f"{SPASTICITY} {label} ({why})",))


def test_no_label_of_the_release_takes_anything_back() -> None:
    for term, label in HPO.labels.items():
        assert observed(feature(term, label)) >= observed(term), label


# -------------------- Contradictions by term


def test_a_term_that_is_observed_and_excluded_counts_for_neither_and_both_are_listed() -> None:
    old, new = next((old, new) for old, new in HPO.replaced.items() if new in shipped().terms.observing)
    for one, other in ((SPASTICITY, SPASTICITY), (old, new)):
        for features in ((one, no(other)), (no(other), one)):
            found = matched(packet(*features))
            assert found.statuses == {}
            assert sorted(line.partition("(")[2] for line in found.unmatched) == [
                "excluded, but observed too; neither counts)",
                "observed, but excluded too; neither counts)",
            ]


def test_a_term_in_doubt_makes_no_rule_hold_and_keeps_from_what_it_would_keep_from() -> None:
    assert "widespread_fasciculations_with_weakness" not in observed(FASCICULATIONS, WASTING, no(WASTING))
    assert "twitching_without_weakness" not in observed(FASCICULATIONS, no(WEAKNESS), WASTING, no(WASTING))


def test_a_narrower_no_contradicts_nothing() -> None:
    found = matched(packet(SPASTICITY, feature(SPASTICITY, excluded=True, modifiers=[RIGHT])))
    assert found.statuses == {"spasticity": "observed"}


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("HP:0003690", "HP:0009027"),
        ("HP:0001324", "HP:0009027"),
        ("HP:0000118", BABINSKI),
        ("HP:0003474", "HP:0003401"),
    ],
)
def test_an_excluded_term_above_an_observed_one_excludes_nothing_and_says_so(above: str, below: str) -> None:
    found = matched(packet(no(above), below))
    assert found.statuses == matched(packet(below)).statuses
    assert found.unmatched[0].startswith(f"{above} (excluded, but something below it is observed")


@pytest.mark.parametrize("term", ["HP:0000001", "HP:0000118"])
def test_no_abnormality_at_all_is_written_for_the_healthy_and_excludes_nothing(term: str) -> None:
    found = matched(packet(no(term), no(BABINSKI)))
    assert found.statuses == matched(packet(no(BABINSKI))).statuses
    assert found.unmatched[0] == f"{term} (excluded, but wider than anybody looks for; excludes nothing)"


@pytest.mark.parametrize(
    "onset",
    [
        {"onset": {"gestationalAge": {"weeks": 20, "days": 3}}},
        {"onset": {"gestationalAge": {"weeks": "20"}}},
        {"onset": {"ontologyClass": {"label": "Adult onset"}}},
        {"onset": {"timestamp": {"seconds": "1500000000", "nanos": 0}}},
        {"classOfOnset": {"label": "Adult onset"}},
    ],
)
def test_a_no_with_a_beginning_from_which_no_age_follows_excludes_nothing(onset: dict[str, Any]) -> None:
    found = matched(packet(feature(WEAKNESS, excluded=True, **onset)))
    assert found.statuses == {}
    assert found.unmatched == (f"{WEAKNESS} (excluded only with an onset, and excludes nothing)",)


def test_a_no_that_ended_before_birth_excludes_nothing() -> None:
    found = matched(packet(feature(WEAKNESS, excluded=True, resolution={"gestationalAge": {"weeks": 30}})))
    assert found.statuses == {}


def test_an_observed_term_above_an_excluded_one_contradicts_nothing() -> None:
    found = matched(packet("HP:0003474", no("HP:0003401")))  # a disturbance of feeling, and no tingling
    assert found.statuses.get("numbness_tingling") != "observed"
    assert not any("neither" in line or "nothing" in line for line in found.unmatched)


def test_of_a_wide_exclusion_only_what_is_observed_elsewhere_is_taken_away_and_named() -> None:
    found = matched(packet(no("HP:0007256"), SPASTICITY))  # pyramidal signs, which HPO files beside spasticity
    assert (found.statuses["spasticity"], found.statuses["hyperreflexia"]) == ("observed", "excluded")
    assert found.unmatched == (
        f"HP:0007256 (excluded, but this is observed elsewhere, which counts: {FINDINGS['spasticity'].label})",
    )


# -------------------- Placeholders

EPOCHS = [
    "1970-01-01",
    "1970-01-01T00:00:00Z",
    "1970-01-01T00:00:00.000Z",
    "1970-01-01T01:00:00+01:00",
    "1969-12-31T19:00:00-05:00",
    "2999-12-31",
    "0001-01-01",
    "0001-01-01T00:00:00Z",
    "1900-01-01",
    "1900-01-01T00:00:00Z",
    "1899-12-30T00:00:00Z",
    "1899-12-31",
    "9999-12-31",
    "0000-00-00",
    "0000-00-00T00:00:00Z",
    "1904-01-01",
]


@pytest.mark.parametrize("day", EPOCHS)
def test_a_birth_where_clocks_begin_is_not_believed_and_is_listed_with_the_age_that_it_contradicts(day: str) -> None:
    spastic = feature(SPASTICITY, "Spasticity", onset={"timestamp": "2010-01-01T00:00:00Z"})
    found = matched(packet(spastic, subject={"dateOfBirth": day, "timeAtLastEncounter": age("P70Y")}))
    assert found.statuses == {"spasticity": "observed"}
    [line] = found.unmatched
    assert line.startswith(f"subject.dateOfBirth {day} (is what converters write for no date, beside an age of P70Y")


@pytest.mark.parametrize("day", EPOCHS)
def test_an_onset_where_clocks_begin_is_not_believed_and_is_listed(day: str) -> None:
    spastic = feature(SPASTICITY, onset={"timestamp": day})
    found = matched(packet(spastic, subject={"dateOfBirth": "1950-06-01"}))
    assert found.statuses == {"spasticity": "observed"}
    assert found.unmatched[0].startswith(f"phenotypicFeatures[0].onset.timestamp {day} (is what converters write")


@pytest.mark.parametrize("zero", ["P0Y", "P0D", "P0M", "P0Y0M0D", "P0Y0M", "P0W"])
def test_an_age_of_zero_is_not_believed_and_is_listed(zero: str) -> None:
    slow = feature("HP:0003690", onset=age(zero))
    found = matched(packet(slow, diseases=[{"onset": age("P61Y")}], subject={"timeAtLastEncounter": age(zero)}))
    assert found.statuses["age_onset_50_plus"] == "observed"
    assert sum(f"{zero} (an age of 0" in line for line in found.unmatched) == 2


@pytest.mark.parametrize("nothing", ["", "unknown", "NA", "n/a", "null", "string", "Undefined", "not available", "?"])
def test_words_for_nothing_are_no_ages_no_days_no_ids_and_no_labels(nothing: str) -> None:
    assert is_placeholder(nothing) or not nothing
    document = packet(
        feature(SPASTICITY, nothing, onset=age(nothing)),
        {"type": {"id": nothing, "label": nothing}},
        id=nothing,
        subject={"dateOfBirth": nothing, "sex": nothing, "timeAtLastEncounter": {"timestamp": nothing}},
        diseases=[{"onset": {"ontologyClass": {"id": nothing}}}],
    )
    found = matched(document)
    assert (found.statuses, found.unmatched) == ({"spasticity": "observed"}, ("phenotypicFeatures[1]",))


def test_empty_objects_say_nothing() -> None:
    document = packet(
        {},
        {"type": {}, "onset": {}},
        subject={},
        diseases=[{}, {"onset": {}}],
        measurements=[{}, {"assay": {}, "value": {}}],
    )
    found = matched(document)
    places = ("phenotypicFeatures[0]", "phenotypicFeatures[1]", "measurements[0]", "measurements[1]")
    assert (found.statuses, found.unmatched) == ({}, places)


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"dateOfBirth": "2001-05-04", "timeAtLastEncounter": age("P70Y")}, "subject.timeAtLastEncounter"),
        ({"dateOfBirth": "2018-05-04"}, "subject.dateOfBirth"),
        ({"dateOfBirth": "2030-05-04"}, "subject.dateOfBirth"),
        ({"dateOfBirth": "1701-05-04"}, "subject.dateOfBirth"),
    ],
)
def test_times_that_contradict_each_other_are_listed_and_nothing_counts_from_them(
    more: dict[str, Any], where: str
) -> None:
    spastic = feature(SPASTICITY, onset={"timestamp": "2016-01-01T00:00:00Z"})
    made = {"metaData": {"created": "2022-01-01T00:00:00Z"}}
    found = matched({**packet(spastic, subject=more), **made})
    assert found.statuses == {"spasticity": "observed"}
    assert found.unmatched[0].startswith(where)


def test_what_began_after_the_person_was_last_seen_counts_for_no_age() -> None:
    late = feature(SPASTICITY, onset=age("P52Y"))
    found = matched(packet(late, subject={"timeAtLastEncounter": age("P40Y")}))
    assert found.statuses == {"spasticity": "observed"}
    assert found.unmatched == ("subject.timeAtLastEncounter (is before something began; nothing counts from either)",)


def test_an_onset_that_is_still_to_come_is_not_believed() -> None:
    to_come = feature(SPASTICITY, onset={"timestamp": "2023-01-01T00:00:00Z"})
    made = {"metaData": {"created": "2022-01-01T00:00:00Z"}}
    found = matched({**packet(to_come, subject={"dateOfBirth": "1980-05-01"}), **made})
    assert found.statuses == {"spasticity": "observed"}
    assert "is still to come" in found.unmatched[0]


# -------------------- The list and the sums

terms = st.sampled_from(sorted(HPO.parents))
NEAR = st.sampled_from([
    SPASTICITY, BABINSKI, BRISK, "HP:0007256", "HP:0002493", "HP:0003690", "HP:0009027", "HP:0003474", "HP:0003401",
    "HP:0000118", "HP:6000397", "HP:0025306", "HP:0025308", WEAKNESS, FASCICULATIONS, WASTING,
])  # fmt: skip
features = st.builds(
    lambda term, is_out, more: feature(term, excluded=is_out, **more),
    terms | NEAR,
    st.booleans(),
    st.sampled_from([{}, {}, {}, {"modifiers": [RIGHT]}, {"severity": SEVERE}, {"onset": age("P30Y")}]),
)


@given(st.lists(features, min_size=1, max_size=7))
def test_what_the_list_says_excludes_nothing_can_be_taken_away_and_what_it_does_not_list_is_excluded(
    some: list[dict[str, Any]],
) -> None:
    marked = [{**one, "type": {**one["type"], "label": f"no {at}"}} for at, one in enumerate(some)]
    found = matched(packet(*marked))
    within = shipped().terms.within
    for at, one in enumerate(marked):
        if not one.get("excluded"):
            continue
        named = f"{one['type']['id']} no {at} ("
        lines = [line for line in found.unmatched if line.startswith(named)]
        if not lines:
            assert all(found.statuses[finding] == "excluded" for finding in within(one["type"]["id"]))
        elif "excludes nothing" in lines[0]:
            others = [other for other in marked if other is not one]
            assert matched(packet(*others)).statuses == found.statuses
        elif "this is observed elsewhere" in lines[0]:
            for finding in within(one["type"]["id"]):
                counts = found.statuses[finding]
                assert counts == ("observed" if FINDINGS[finding].label in lines[0] else "excluded")


@given(st.lists(features, min_size=1, max_size=7))
def test_every_finding_of_a_term_that_the_list_leaves_out_counts_as_the_packet_says(some: list[dict[str, Any]]) -> None:
    found = matched(packet(*some))
    listed = {line.split(" ")[0] for line in found.unmatched}
    for one in some:
        term = one["type"]["id"]
        if not one.get("excluded") and term not in listed:
            own = shipped().terms.observing.get(term, ())
            assert all(found.statuses[finding] == "observed" for finding in own if len(own) == 1)


@given(st.lists(features, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_features_changes_no_finding(some: list[dict[str, Any]], chance: Any) -> None:
    mixed = list(some)
    chance.shuffle(mixed)
    assert matched(packet(*mixed)).statuses == matched(packet(*some)).statuses


def test_every_finding_that_a_modifier_keeps_away_is_one_that_is_weighed() -> None:
    evidence: Evidence = shipped().evidence
    assert {finding for one in shipped().terms.unfit.values() for finding in one} <= evidence.findings.keys()
