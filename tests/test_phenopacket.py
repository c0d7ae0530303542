"""Phenopackets: what their terms mean as findings, what is never read, and that no JSON brings the program down."""

import json
import tomllib
from cProfile import Profile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from hostile import CANARY, TEXTS
from msals_tui.cli import main
from msals_tui.errors import InputFault
from msals_tui.evidence.checks import Known
from msals_tui.evidence.comparison import compare
from msals_tui.evidence.terms import HpoFile, Reading, TermRule, named_terms
from msals_tui.evidence.terms_checks import hpo_problems, terms_problems
from msals_tui.exchange.matching import match
from msals_tui.exchange.phenopacket import read_phenopacket
from msals_tui.questionnaire.validate import validated
from msals_tui.report.comparison_json import comparison_line
from msals_tui.report.comparison_text import comparison_text
from msals_tui.session.compare_case import compare_file
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
    quantity,
    refused,
    result,
)  # fmt: skip
from sittings import english, shipped

# -------------------- A packet as a whole

LIMBS = packet(
    feature("HP:0003323", "Progressive muscle weakness", onset=age("P61Y")),
    feature("HP:0007149", "Distal upper limb amyotrophy"),
    feature(FASCICULATIONS, "Fasciculations"),
    feature("HP:0001347", "Hyperreflexia"),
    feature("HP:0003444", "EMG: chronic denervation signs"),
    feature("HP:0001260", "Dysarthria"),
    feature("HP:0003474", "Sensory impairment", excluded=True),
    feature("HP:0001513", "Obesity"),
    id="limbs",
    subject={"id": "somebody", "sex": "MALE", "timeAtLastEncounter": age("P63Y")},
    measurements=[
        {
            "assay": {"id": "LOINC:2157-6", "label": "CK"},
            "value": {
                "quantity": {
                    "unit": {"id": "UCUM:U/L", "label": "U/L"},
                    "value": 412.5,
                    "referenceRange": {"unit": {"id": "UCUM:U/L"}, "low": 30, "high": 200},
                }
            },
        },
        {"assay": {"id": "LOINC:718-7", "label": "Haemoglobin"}, "value": {"quantity": {"value": 14}}},
    ],
)

PLAQUES = packet(
    feature("HP:0100653", "Optic neuritis", onset=age("P29Y")),
    feature("HP:0003401", "Paresthesia", onset=age("P30Y")),
    feature("HP:0000012", "Urinary urgency", onset=age("P30Y")),
    feature("HP:0030891", "Periventricular white matter hyperintensities"),
    feature("HP:6000397", "CSF oligoclonal bands"),
    feature("HP:0002066", "Gait ataxia"),
    subject={"sex": "FEMALE", "timeAtLastEncounter": age("P31Y")},
)


def written(document: Any, folder: Path) -> str:
    path = folder / "case.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def test_a_packet_gives_one_json_line_with_its_own_id_and_what_was_not_matched(tmp_path: Path) -> None:
    read = json.loads(comparison_line(compare_file(written(LIMBS, tmp_path), shipped())))
    assert (read["kind"], read["id"], read["pattern"]) == ("phenopacket", "limbs", "more_like_als")
    assert read["unmatched"] == ["HP:0001513 Obesity", "718-7 Haemoglobin"]
    assert read["versions"]["hpo"] == "2025-01-16"
    assert read["coverage"]["als"][0] > 3


def test_the_text_lists_what_was_not_matched(tmp_path: Path) -> None:
    lines = list(comparison_text(compare_file(written(LIMBS, tmp_path), shipped()), english()))
    assert "- HP:0001513 Obesity" in lines


def test_plaques_in_a_young_woman_fit_ms(tmp_path: Path) -> None:
    read = json.loads(comparison_line(compare_file(written(PLAQUES, tmp_path), shipped())))
    assert (read["pattern"], read["unmatched"]) == ("more_like_ms", [])
    assert observed(**{key: value for key, value in PLAQUES.items() if key != "metaData"}) >= {
        "optic_neuritis", "numbness_tingling", "bladder_urgency_retention", "mri_brain_typical_ms_lesions",
        "csf_oligoclonal_bands", "ataxia_unsteady", "age_onset_under_40", "sex_female",
    }  # fmt: skip


def test_names_of_diseases_and_genes_change_nothing() -> None:
    for name in ("Multiple sclerosis", "amyotrophic lateral sclerosis"):
        named = {
            **LIMBS,
            "diseases": [{"term": {"id": "MONDO:0005301", "label": name}}],
            "interpretations": [{"id": "i", "diagnosis": {"disease": {"id": "OMIM:105400", "label": name}}}],
        }
        assert matched(named) == matched(LIMBS)
    assert observed("HP:0007354") == set()


def test_a_packet_cannot_be_replayed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", written(LIMBS, tmp_path)]) == 1
    assert "a phenopacket holds no answers to replay; use msals-tui compare" in capsys.readouterr().err


# -------------------- Terms


def test_a_term_that_a_finding_names_shows_it() -> None:
    assert observed("HP:0003487") == {"babinski_sign"}
    assert excluded(no("HP:0003487")) == {"babinski_sign"}


def test_every_exact_term_shows_its_finding_but_the_shared_one() -> None:
    for one in FINDINGS.values():
        if one.hpo_match == "exact" and one.hpo_id is not None and one.id != "muscle_cramps":
            assert one.id in observed(one.hpo_id), one.id


def test_an_observed_term_goes_to_its_nearest_ancestor() -> None:
    assert observed("HP:0011448") == {"hyperreflexia"}  # ankle clonus
    assert observed("HP:0033683") == {"brisk_jaw_jerk"}  # not hyperreflexia, which stands above it
    assert observed("HP:0002313") == {"spasticity"}  # spastic paraparesis


def test_weakness_alone_is_no_finding() -> None:
    for term in (WEAKNESS, "HP:0001269", "HP:0002385", "HP:0003690"):
        assert observed(term) == set()
    assert matched(packet(feature(WEAKNESS, "Muscle weakness"))).unmatched == ("HP:0001324 Muscle weakness",)


def test_an_excluded_term_excludes_what_stands_below_it() -> None:
    gone = excluded(no("HP:0003474"))  # somatic sensory dysfunction
    assert gone >= {"numbness_tingling", "vibration_position_loss", "sensory_level_or_band"}


def test_without_a_part_the_whole_may_still_be_there() -> None:
    assert excluded(no("HP:0002395")) == set()  # brisk reflexes of the legs
    assert excluded(no("HP:0002495")) == set()  # vibration, of vibration or position sense
    assert matched(packet(no("HP:0002395"))).unmatched == ("HP:0002395 (excluded)",)


def test_what_is_both_observed_and_excluded_counts_as_observed_and_is_said() -> None:
    found = matched(packet("HP:0007020", feature("HP:0001257", "Spasticity", excluded=True)))
    assert found.statuses["spasticity"] == "observed"
    why = "excluded, but something below it is observed, which counts; excludes nothing"
    assert found.unmatched == (f"HP:0001257 Spasticity ({why})",)


def test_two_tempos_cannot_both_be_so_and_neither_counts() -> None:
    found = matched(packet("HP:0025306", feature("HP:0025308", "Acute emergence over days")))
    assert not {"onset_within_minutes", "onset_hours_to_days"} & found.statuses.keys()
    assert found.unmatched[1].startswith("HP:0025308 Acute emergence over days (contradicts")


def test_an_alternative_id_is_the_term_that_stands_for_it_now() -> None:
    replaced = {old: new for old, new in HPO.replaced.items() if new in shipped().terms.observing}
    assert replaced
    for old, new in replaced.items():
        assert observed(old) == observed(new) != set()


def test_ids_are_understood_in_their_other_spellings() -> None:
    for term in ("hp:0000651", "HP_0000651", "http://purl.obolibrary.org/obo/HP_0000651"):
        assert observed(term) == {"double_vision"}


def test_terms_that_name_no_finding_are_listed_once_in_their_order() -> None:
    found = matched(
        packet(feature("HP:0001513", "Obesity"), "SNOMED:1", "HP:9999999", feature("HP:0001513", "Obesity"))
    )
    assert found.unmatched == ("HP:0001513 Obesity", "SNOMED:1", "HP:9999999")
    assert found.statuses == {}


def test_a_feature_without_an_id_is_listed_by_its_place() -> None:
    assert matched(packet({"type": {}})).unmatched == ("phenotypicFeatures[0]",)


def test_no_term_of_the_table_makes_a_word_alone() -> None:
    for term in HPO.parents:
        statuses = matched(packet(term)).statuses
        assert not compare(shipped().evidence, statuses).pattern.startswith("more_like"), term


# -------------------- What tells shared terms apart


def test_fasciculations_mean_something_else_with_weakness_and_without() -> None:
    assert observed(FASCICULATIONS) == set()
    assert observed(FASCICULATIONS, WEAKNESS) == {"widespread_fasciculations_with_weakness"}
    assert observed(FASCICULATIONS, WASTING) == {"widespread_fasciculations_with_weakness", "muscle_wasting"}
    assert observed(FASCICULATIONS, no(WEAKNESS)) == {"twitching_without_weakness"}


def test_what_told_others_apart_is_not_listed_as_unmatched() -> None:
    assert matched(packet(FASCICULATIONS, WEAKNESS)).unmatched == ()


def test_a_spasm_is_a_cramp_where_its_label_or_its_company_says_so() -> None:
    assert observed("HP:0003394") == set()
    assert observed(feature("HP:0003394", "Muscle CRAMPS")) == {"muscle_cramps"}
    assert observed(feature("HP:0003394", "Tonic spasms")) == {"painful_tonic_spasms"}
    assert "muscle_cramps" in observed("HP:0003394", FASCICULATIONS)
    assert excluded(no("HP:0003394")) == {"muscle_cramps", "painful_tonic_spasms"}


@pytest.mark.parametrize(
    ("onset", "finding"),
    [("P49Y", "onset_insidious_worsening"), ("P50Y", "onset_insidious_worsening_50_plus")],
)
def test_the_age_tells_which_slow_start_it_is(onset: str, finding: str) -> None:
    slow = {one for one in observed("HP:0003587", diseases=[{"onset": age(onset)}]) if "insidious" in one}
    assert slow == {finding}


def test_a_slow_start_at_an_unknown_age_stays_unmatched() -> None:
    assert matched(packet(feature("HP:0003587", "Insidious onset"))).unmatched == ("HP:0003587 Insidious onset",)


@pytest.mark.parametrize(
    ("began", "finding"), [("P31Y", "bladder_urgency_retention"), ("P35Y", "bladder_urgency_late"), ("P32Y", None)]
)
def test_the_years_since_the_first_symptom_tell_which_bladder_trouble_it_is(began: str, finding: str | None) -> None:
    found = observed(feature("HP:0000651", onset=age("P30Y")), feature("HP:0000012", onset=age(began)))
    assert {one for one in found if one.startswith("bladder")} == ({finding} - {None})


def test_upper_and_lower_signs_are_joined_only_where_both_are_of_one_region() -> None:
    assert "umn_plus_lmn_same_region" in observed("HP:0033683", "HP:0012473")  # jaw and tongue
    assert "umn_plus_lmn_same_region" in observed("HP:0007350", "HP:0009130")  # arms and hands
    assert "umn_plus_lmn_same_region" in observed("HP:0002395", "HP:0007210")  # legs
    assert "umn_plus_lmn_same_region" not in observed("HP:0002395", "HP:0007210", "HP:0001761")  # legs with high arches
    assert "umn_plus_lmn_same_region" not in observed("HP:0002395", "HP:0009130")  # legs and hands
    assert "umn_plus_lmn_same_region" not in observed("HP:0001347", WASTING, "HP:0003487")


def test_speech_that_failed_first_and_was_followed_is_a_bulbar_onset() -> None:
    speech = feature("HP:0001260", onset=age("P60Y"))
    assert "bulbar_onset" in observed(speech, feature(FASCICULATIONS, onset=age("P61Y")))
    assert "bulbar_onset" not in observed(speech, feature(FASCICULATIONS, onset=age("P60Y")))
    assert "bulbar_onset" not in observed(speech, FASCICULATIONS)


def test_pyramidal_signs_that_were_looked_for_and_not_found_are_a_finding() -> None:
    assert "no_pyramidal_signs" in observed(no("HP:0002493"))
    assert "no_pyramidal_signs" in observed(no("HP:0001347"), no("HP:0003487"), no("HP:0001257"))
    assert "no_pyramidal_signs" not in observed(no("HP:0001347"), no("HP:0003487"))
    assert "no_pyramidal_signs" not in observed(no("HP:0002493"), "HP:0003487")


def test_breast_enlargement_counts_in_a_weak_man_only() -> None:
    finding = "breast_enlargement_male_with_weakness"
    assert finding in observed("HP:0000771", WEAKNESS, subject={"sex": "MALE"})
    assert finding not in observed("HP:0000771", WEAKNESS, subject={"sex": "FEMALE"})
    assert finding not in observed("HP:0000771", subject={"sex": "MALE"})


@pytest.mark.parametrize("sign", ["HP:0002174", "HP:0002378", "HP:0001337", "HP:0007089"])
def test_tremor_or_a_twitching_face_points_to_kennedy_disease_in_a_man_with_lower_motor_signs_alone(sign: str) -> None:
    features = [sign, WASTING, "HP:0001308", "HP:0002015"]
    man = {"subject": {"sex": "MALE"}}
    comparison = compare(shipped().evidence, matched(packet(*features, **man)).statuses)
    assert ("kennedy" in comparison.think_of, comparison.pattern) == (True, "withheld")
    finding = "breast_enlargement_male_with_weakness"
    assert finding not in observed(*features, subject={"sex": "FEMALE"})
    assert finding not in observed(*features, "HP:0003487", **man)
    assert finding not in observed(sign, **man)


def test_numbness_that_went_is_no_attack_where_reflexes_went_or_vitamin_b12_is_low() -> None:
    gone = feature("HP:0003401", resolution=age("P31Y"))
    assert "relapse_and_recovery" in observed(gone)
    for other in ("HP:0001284", "HP:0001265", "HP:0100502"):
        assert "relapse_and_recovery" not in observed(gone, other)


def test_lost_sight_is_no_optic_neuritis_where_the_nerve_has_wasted() -> None:
    lost = ["HP:0000572", "HP:0000649"]
    assert "optic_neuritis" in observed(*lost)
    assert "optic_neuritis" not in observed(*lost, "HP:0000648")


def test_white_spots_beside_a_thin_corpus_callosum_are_no_plaques() -> None:
    young = {"subject": {"timeAtLastEncounter": age("P30Y")}}
    assert "mri_brain_typical_ms_lesions" in observed("HP:0030891", **young)
    assert "mri_brain_typical_ms_lesions" not in observed("HP:0030891", "HP:0033725", **young)


def test_heat_counts_as_a_modifier_and_other_modifiers_are_said() -> None:
    hot = feature("HP:0012378", "Fatigue", modifiers=[{"id": "HP:6001076"}, {"id": "HP:0012828", "label": "Severe"}])
    found = matched(packet(hot))
    assert found.statuses["heat_worsens_uhthoff"] == "observed"
    assert found.unmatched == ("HP:0012828 Severe (only qualifies HP:0012378)",)


LOOK_ALIKES = {
    "mg": ["HP:0000508", "HP:0000651", "HP:0003473", "HP:0030208"],
    "cidp": [WEAKNESS, "HP:0001284", "HP:0003401", "HP:0003431"],
    "mmn": ["HP:0031189", "HP:0012078", WASTING, "HP:0034118"],
    "ibm": ["HP:0031177", "HP:0003731", WASTING],
    "nmosd": ["HP:0100653", "HP:0012486", "HP:0033342"],
    "b12": ["HP:0010831", "HP:0003401", "HP:0100502", "HP:0003487"],
    "hsp": ["HP:0001258", "HP:0001347", "HP:0000006"],
    "lyme": ["HP:0010628", "HP:6000927", "HP:0020140"],
    "gbs": ["HP:0011009", WEAKNESS, "HP:0001284"],
    "cervical_myelopathy": ["HP:0002318", "HP:0003416", "HP:0001347", "HP:0033660"],
    "bfs": [FASCICULATIONS],
    "kennedy": ["HP:0000771", "HP:0001308", WEAKNESS],
}


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_the_picture_of_a_look_alike_names_it_and_gives_no_lean(name: str) -> None:
    features = [*LOOK_ALIKES[name], *([no(WEAKNESS)] if name == "bfs" else [])]
    statuses = matched(packet(*features, subject={"sex": "MALE"})).statuses
    comparison = compare(shipped().evidence, statuses)
    assert name in comparison.think_of
    assert comparison.pattern == "withheld"


# -------------------- Age and sex


@pytest.mark.parametrize(
    ("more", "band"),
    [
        ({"diseases": [{"onset": age("P39Y11M")}]}, "age_onset_under_40"),
        ({"diseases": [{"onset": age("P40Y")}]}, "age_onset_40_49"),
        ({"diseases": [{"onset": age("P14610D")}]}, "age_onset_40_49"),
        ({"diseases": [{"onset": {"ageRange": {"start": {"iso8601duration": "P50Y"}}}}]}, "age_onset_50_plus"),
        ({"diseases": [{"onset": {"ontologyClass": {"id": "HP:0003584"}}}]}, "age_onset_50_plus"),
        ({"diseases": [{"onset": {"ontologyClass": {"id": "HP:0003596"}}}]}, None),
        ({"subject": {"timeAtLastEncounter": age("P39Y")}}, "age_onset_under_40"),
        ({"subject": {"timeAtLastEncounter": age("P60Y")}}, None),
        (
            {"subject": {"timeAtLastEncounter": age("P45Y")}, "diseases": [{"onset": {"ontologyClass": {"id": "HP:0003596"}}}]},
            "age_onset_40_49",
        ),
        (
            {"subject": {"dateOfBirth": "1980-01-01T00:00:00Z"}, "diseases": [{"onset": {"timestamp": "2031-05-01"}}]},
            "age_onset_50_plus",
        ),
        ({"diseases": [{"onset": {"timestamp": "2031-05-01T00:00:00Z"}}]}, None),
        ({"diseases": [{"onset": age("P20Y")}, {"onset": age("P60Y")}]}, None),
        ({"diseases": [{"onset": age("P20Y"), "excluded": True}, {"onset": age("P60Y")}]}, "age_onset_50_plus"),
    ],
)  # fmt: skip
def test_the_age_band_follows_only_from_what_settles_it(more: dict[str, Any], band: str | None) -> None:
    assert {one for one in observed(**more) if one.startswith("age_onset")} == ({band} - {None})


def test_the_first_symptom_to_begin_gives_the_age() -> None:
    young, old = feature("HP:0000651", onset=age("P33Y")), feature("HP:0001257", onset=age("P52Y"))
    assert "age_onset_under_40" in observed(old, young)
    assert "age_onset_under_40" in observed(old, young, diseases=[{"onset": age("P52Y")}])


def test_what_is_no_symptom_of_the_nerves_does_not_make_the_illness_begin_earlier() -> None:
    blood_pressure = feature("HP:0000822", onset=age("P30Y"))
    assert "age_onset_50_plus" in observed(blood_pressure, feature("HP:0001257", onset=age("P52Y")))


def test_a_wide_age_excludes_the_bands_that_it_cannot_be_in() -> None:
    assert "age_onset_under_40" in excluded(diseases=[{"onset": {"ontologyClass": {"id": "HP:0003596"}}}])


def test_years_between_first_symptom_and_last_seen() -> None:
    assert "began_five_years_ago" in observed(
        diseases=[{"onset": age("P30Y")}], subject={"timeAtLastEncounter": age("P36Y")}
    )
    assert "began_five_years_ago" in excluded(
        diseases=[{"onset": age("P30Y")}], subject={"timeAtLastEncounter": age("P33Y")}
    )


def test_sex_counts_where_it_is_known() -> None:
    assert "sex_female" in observed(subject={"sex": "FEMALE"})
    assert "sex_female" in observed(subject={"sex": 1})
    assert "sex_female" in excluded(subject={"sex": "MALE"})
    for sex in ("OTHER_SEX", "UNKNOWN_SEX"):
        assert "sex_female" not in matched(packet(subject={"sex": sex})).statuses


# -------------------- Results


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (result("LOINC:2157-6", quantity=quantity(412, low=30, high=200)), "observed"),
        (result("LOINC:2157-6", quantity=quantity(150, low=30, high=200)), "excluded"),
        (result("LOINC:2157-6", quantity=quantity(9000, low=30, high=200)), None),
        (result("LOINC:2157-6", quantity=quantity(412)), None),
        (result("LOINC:2157-6", ontologyClass={"id": "NCIT:C0", "label": "Normal"}), "excluded"),
        (result("LOINC:2157-6", ontologyClass={"id": "HP:0008180", "label": "Mildly elevated"}), "observed"),
        (result("2157-6"), None),
    ],
)
def test_creatine_kinase_is_measured_against_its_own_range(one: dict[str, Any], status: str | None) -> None:
    found = matched(packet(measurements=[one]))
    assert found.statuses.get("ck_mildly_raised") == status
    assert bool(found.unmatched) == (status is None)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Low", "observed"), ("Decreased", "observed"), ("Normal", "excluded"), ("Within normal limits", "excluded"),
        ("Abnormal", None), ("Not low", None), ("Below normal", "observed"), ("High", None), ("", None),
    ],
)  # fmt: skip
def test_a_result_in_words_counts_where_it_says_one_thing(words: str, status: str | None) -> None:
    found = matched(packet(measurements=[result("LOINC:2132-9", ontologyClass={"id": "X:1", "label": words})]))
    assert found.statuses.get("b12_low") == status


def test_bands_and_vitamin_b12_are_read() -> None:
    detected = {"ontologyClass": {"id": "X:1", "label": "Detected"}}
    absent = {"ontologyClass": {"id": "X:2", "label": "Not detected"}}
    assert "csf_oligoclonal_bands" in observed(measurements=[result("LOINC:48668-8", **detected)])
    assert "csf_oligoclonal_bands" in excluded(measurements=[result("LOINC:48668-8", **absent)])
    assert "csf_oligoclonal_bands" in observed(measurements=[result("LOINC:49852-7", quantity={"value": 5})])
    assert "b12_low" in observed(measurements=[result("LOINC:2132-9", quantity=quantity(90, low=150, high=700))])
    assert "b12_low" in excluded(measurements=[result("LOINC:2132-9", quantity=quantity(400, low=150, high=700))])


# -------------------- Other spellings


def test_both_spellings_of_keys_and_unknown_fields_are_taken() -> None:
    snake = {
        "id": "x",
        "subject": {"time_at_last_encounter": {"age": {"iso8601duration": "P31Y"}}, "karyotypic_sex": "XX", "new": [1]},
        "phenotypic_features": [
            {"type": {"id": "HP:0000651", "label": "x"}, "evidence": None, "severity": {"id": "y"}}
        ],
        "meta_data": {},
    }
    assert matched(snake).statuses["double_vision"] == "observed"
    assert matched(snake).statuses["age_onset_under_40"] == "observed"


def test_a_packet_of_the_first_version_is_read() -> None:
    old = {
        "id": "x",
        "subject": {"sex": "FEMALE", "ageAtCollection": {"age": "P38Y"}},
        "phenotypicFeatures": [
            {"type": {"id": "HP:0000651"}, "ageOfOnset": {"age": "P36Y"}},
            {"type": {"id": "HP:0001257"}, "negated": True},
            {"type": {"id": "HP:0003487"}, "negated": True, "classOfOnset": {"id": "HP:0003581"}},
        ],
    }
    found = matched(old).statuses
    assert (found["double_vision"], found["spasticity"], found["age_onset_under_40"]) == (
        "observed",
        "excluded",
        "observed",
    )
    assert "babinski_sign" not in found  # it did not begin in adult life, and may have before


def test_a_byte_order_mark_and_blanks_before_the_packet_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_bytes(b"\xef\xbb\xbf \n" + json.dumps(LIMBS).encode())
    assert compare_file(str(path), shipped()).id == "limbs"


# -------------------- Hostile input

BAD = [
    ("{", "case.json:1: is not JSON here"),
    ('{"id": "x",\n "subject": }', "case.json:2: is not JSON here"),
    (b'{"id": "\xff"}', "is not UTF-8 text"),
    ("[{}]", "no phenopacket"),
    ('{"resourceType": "Patient"}', "is JSON, but no phenopacket: this is FHIR (Patient)"),
    ('{"resourceType": "Bundle", "entry": [], "subject": {}}', "this is FHIR (Bundle)"),
    ('{"proband": {"id": "x"}}', "is a Family of phenopackets"),
    ('{"members": [], "id": "x"}', "is a Cohort of phenopackets"),
    ('{"metaData": {}, "subject": {"sex": "WOMAN"}}', "subject.sex is none of the words"),
    ('{"metaData": {}, "subject": []}', "subject must be an object"),
    ('{"metaData": {}, "id": 7}', "id must be a text; write it in quotes"),
    ('{"metaData": {}, "phenotypicFeatures": {}}', "phenotypicFeatures must be a list"),
    ('{"phenotypicFeatures": [{"type": []}]}', "phenotypicFeatures[0].type must be an object"),
    ('{"phenotypicFeatures": [null]}', "phenotypicFeatures[0] is null"),
    ('{"phenotypicFeatures": [{"type": {"id": 5}}]}', "phenotypicFeatures[0].type.id must be a text"),
    ('{"phenotypicFeatures": [{"type": {"id": "x"}, "excluded": "true"}]}', "[0].excluded must be true or false"),
    ('{"phenotypicFeatures": [{"type": {"id": "x", "id": "y"}}]}', "phenotypicFeatures[0].type.id stands there twice"),
    ('{"metaData": {}, "meta_data": {}}', "metaData stands there twice"),
    ('{"metaData": {"x": NaN}}', "metaData.x is no number that JSON knows"),
    ('{"metaData": {"x": -Infinity}}', "metaData.x is no number"),
    ('{"metaData": {"x": ' + "9" * 5000 + "}}", "metaData.x is a number out of bounds"),
    ('{"metaData": {"x": 1e999999}}', "metaData.x is a number out of bounds"),
    ('{"metaData": ' + "[" * 40 + "]" * 40 + "}", "brackets stand more than"),
    ('{"metaData": ' + "[" * 200_000, "brackets stand more than"),
    ('{"metaData": [' + "0," * 300_000 + "0]}", "holds more than"),
    ('{"diseases": [{"onset": {"age": {"iso8601duration": "35"}}}]}', "diseases[0].onset.age is no age"),
    ('{"diseases": [{"onset": {"age": {"iso8601duration": "P"}}}]}', "diseases[0].onset.age is no age"),
    ('{"diseases": [{"onset": {"age": {"iso8601duration": "P900Y"}}}]}', "is no age that a person can have"),
    ('{"diseases": [{"onset": {"age": 35}}]}', "diseases[0].onset.age must be"),
    ('{"subject": {"dateOfBirth": "yesterday"}}', "subject.dateOfBirth is no day"),
    ('{"metaData": {}}\n{"metaData": {}}\n', "case.json:2: is several JSON documents"),
]  # fmt: skip


NO_NUMBERS = ("Infinity", "-Infinity", "<5", "1,5", "0x10", "5 U/L", " 5", "1e99999", "9" * 60)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_a_text_that_is_no_number_is_refused_with_its_place(text: str) -> None:
    one = result("LOINC:2157-6", quantity={"value": text})
    said = refused(packet(measurements=[one]))
    assert "measurements[0].value.quantity.value must be a number; write one such as 12.5" in said


@pytest.mark.parametrize(("text", "sentence"), BAD, ids=[sentence for _, sentence in BAD])
def test_what_cannot_be_read_is_said_in_one_sentence_with_its_place(text: str | bytes, sentence: str) -> None:
    assert sentence in refused(text)


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_of_a_packet_reaches_anybody_as_it_was(name: str, tmp_path: Path) -> None:
    text = TEXTS[name]
    path = tmp_path / "case.json"
    document = {**packet(feature(text, text)), "id": text, text: 1, "measurements": [{"assay": {"id": text}}]}
    path.write_text(json.dumps(document), encoding="utf-8")
    compared = compare_file(str(path), shipped())
    said = json.loads(comparison_line(compared))
    json.dumps([said["id"], said["unmatched"]], ensure_ascii=False).encode()  # fails on half a character
    assert all(ord(character) >= 32 for one in compared.unmatched for character in one)
    assert len(compared.unmatched[0]) < 400
    assert CANARY not in str(refused(json.dumps({**document, "subject": {"sex": text}})))


def calls_to_match(*features: dict[str, Any] | str) -> int:
    """How many functions are called to match a packet of these: its work, on every machine the same."""
    read = read_phenopacket(json.dumps(packet(*features)).encode(), "case.json")
    profile = Profile()
    profile.runcall(match, read, shipped().terms, FINDINGS)
    return sum(int(one.callcount) for one in profile.getstats())


def test_twice_as_many_features_take_twice_the_work_and_no_more() -> None:
    speech, limbs = feature("HP:0001260", onset=age("P60Y")), feature(FASCICULATIONS, onset=age("P61Y"))
    every_term = [feature(term, excluded=at % 3 == 0) for at, term in enumerate(HPO.parents)]
    for some in ([speech, limbs, feature(WEAKNESS), no("HP:0003474")] * 50, every_term):
        calls_to_match(*some)  # what stands above each term is worked out once
        assert calls_to_match(*some, *some) < 2.2 * calls_to_match(*some)


def json_values() -> st.SearchStrategy[Any]:
    keys = st.sampled_from([
        "id", "subject", "sex", "phenotypicFeatures", "phenotypic_features", "type", "label", "excluded", "onset", "age",
        "iso8601duration", "ageRange", "start", "end", "diseases", "measurements", "assay", "value", "quantity", "timestamp",
        "referenceRange", "ontologyClass", "modifiers", "metaData", "timeAtLastEncounter", "dateOfBirth", "x",
    ])  # fmt: skip
    texts = st.sampled_from(
        ["HP:0002380", "HP:0001324", "HP:0003587", "P30Y", "P3M", "MALE", "2157-6", "2020-01-01", "\ud800"]
    )
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | texts | st.text(max_size=8)
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys | st.text(max_size=4), inner, max_size=6),
    )


@given(json_values())
def test_any_json_gives_a_comparison_or_one_sentence(document: Any) -> None:
    if isinstance(document, dict):
        document = {"metaData": {}, **document}
    try:
        found = matched(document)
    except InputFault:
        refused(document)
        return
    assert found.statuses.keys() <= FINDINGS.keys()
    compare(shipped().evidence, found.statuses)


@given(st.binary(max_size=60))
def test_any_bytes_give_a_comparison_or_one_sentence(data: bytes) -> None:
    with pytest.raises(InputFault):
        read_phenopacket(data, "case.json")


# -------------------- The tables


def test_every_term_that_anybody_names_is_in_the_table_under_the_label_of_the_release() -> None:
    named = named_terms(shipped().terms_file, FINDINGS)
    assert named == HPO.labels.keys()
    assert named <= HPO.parents.keys()
    for one in FINDINGS.values():
        assert one.hpo_id is None or HPO.labels[one.hpo_id] == one.hpo_label


def test_the_table_has_one_root_no_circles_and_no_gaps() -> None:
    assert [term for term, parents in HPO.parents.items() if not parents] == ["HP:0000001"]
    assert hpo_problems(HPO, FINDINGS.values(), shipped().terms_file) == ()
    for term in HPO.parents:
        assert "HP:0000001" in shipped().terms.above(term)


def test_the_table_is_sorted_so_that_making_it_again_changes_nothing() -> None:
    path = Path(__file__).parent.parent / "questionnaires/evidence/hpo.toml"
    written_table = tomllib.loads(path.read_text(encoding="utf-8"))
    for table in ("parents", "replaced", "labels"):
        assert list(written_table[table]) == sorted(written_table[table])
    assert len(path.read_text(encoding="utf-8").splitlines()) < 4000


def table(**changes: Any) -> HpoFile:
    parents: dict[str, tuple[str, ...]] = {"HP:0000001": (), "HP:0000002": ("HP:0000001",)}
    whole = {"schema": "msals-hpo/1", "release": "x", "credit": "x", "parents": parents, "replaced": {}, "labels": {}}
    return validated(HpoFile, whole | changes)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"parents": {"HP:0000002": ("HP:0000001",)}}, "UNKNOWN_TERM"),
        ({"parents": {"HP:0000001": ("HP:0000002",), "HP:0000002": ("HP:0000001",)}}, "CIRCLE"),
        ({"replaced": {"HP:0000009": "HP:0000008"}}, "UNKNOWN_TERM"),
    ],
)
def test_a_broken_table_is_told(changes: dict[str, Any], code: str) -> None:
    assert code in {one.code for one in hpo_problems(table(**changes), (), None)}
    assert hpo_problems(table(), (), None) == ()


def test_a_finding_that_calls_its_term_by_another_name_is_told() -> None:
    one = structs.replace(FINDINGS["spasticity"], hpo_id="HP:0000002", hpo_label="Something")
    assert [problem.code for problem in hpo_problems(table(labels={"HP:0000002": "Else"}), [one], None)] == [
        "TERM_LABEL"
    ]


def test_a_reading_of_a_finding_that_nobody_weighs_is_told() -> None:
    problems = terms_problems(shipped().terms_file, Known(findings={"spasticity"}))
    assert {one.code for one in problems} == {"UNKNOWN_FINDING"}
    assert not terms_problems(shipped().terms_file, Known(findings=set(FINDINGS)))


def test_a_finding_that_is_read_twice_is_told() -> None:
    file = shipped().terms_file
    twice = structs.replace(file, reading=(*file.reading, file.reading[0]))
    assert [one.code for one in terms_problems(twice, Known())] == ["DUPLICATE"]


def shown_by_rule(rule: TermRule) -> set[str]:
    """What a packet shows in which everything is as a rule asks for it, and nothing else."""
    began = 30 if rule.onset_below is not None else 60
    later = 5 if rule.elapsed_from is not None else 0
    subject = {"sex": rule.sex.upper()} if rule.sex else {}
    about = feature(
        rule.terms[0],
        f"something {rule.words[0]}" if rule.words else "",
        excluded=rule.when_excluded,
        modifiers=[{"id": one} for one in rule.modifiers[:1]],
        **({} if rule.when_excluded else {"onset": age(f"P{began + later}Y")}),
    )
    if rule.resolved:
        about["resolution"] = age(f"P{began}Y")
    others = [terms[-1] for terms in rule.beside] + (["HP:0000651"] if rule.first else [])
    beside = [feature(one, onset=age(f"P{began + 1}Y")) for one in others]
    diseases = [] if rule.first else [{"onset": age(f"P{began}Y")}]
    return observed(about, *beside, *(no(terms[0]) for terms in rule.absent), subject=subject, diseases=diseases)


@pytest.mark.parametrize("rule", shipped().terms_file.rule, ids=lambda rule: f"{rule.terms[0]} {rule.means[-1]}")
def test_every_rule_holds_where_everything_is_as_it_asks(rule: TermRule) -> None:
    assert shown_by_rule(rule) >= set(rule.means)


@pytest.mark.parametrize("reading", shipped().terms_file.reading, ids=lambda reading: reading.finding)
def test_every_term_of_a_reading_shows_or_excludes_its_finding(reading: Reading) -> None:
    for term in reading.observes:
        assert reading.finding in observed(term)
    for term in reading.excludes:
        assert reading.finding in excluded(no(term))
