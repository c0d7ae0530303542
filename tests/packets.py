"""Phenopackets for tests: short ways to write them, and what they show."""

import json
from typing import Any

import pytest

from msals_tui.errors import InputFault
from msals_tui.exchange.matching import Matched, match
from msals_tui.exchange.phenopacket import read_phenopacket
from msals_tui.text import for_screen
from sittings import shipped

HPO = shipped().terms.hpo
FINDINGS = shipped().evidence.findings

NO, WEAKNESS, FASCICULATIONS, WASTING = "excluded", "HP:0001324", "HP:0002380", "HP:0003202"


def feature(term: str, label: str = "", **more: Any) -> dict[str, Any]:
    return {"type": {"id": term, "label": label}, **more}


def no(term: str) -> dict[str, Any]:
    return feature(term, excluded=True)


def age(text: str) -> dict[str, Any]:
    return {"age": {"iso8601duration": text}}


def packet(*features: dict[str, Any] | str, **more: Any) -> dict[str, Any]:
    """A packet of features; a bare term is observed."""
    return {
        "id": "case-1",
        "phenotypicFeatures": [feature(one) if isinstance(one, str) else one for one in features],
        "metaData": {"phenopacketSchemaVersion": "2.0"},
        **more,
    }


def matched(document: Any) -> Matched:
    text = document if isinstance(document, str | bytes) else json.dumps(document)
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return match(read_phenopacket(data, "case.json"), shipped().terms, FINDINGS)


def observed(*features: dict[str, Any] | str, **more: Any) -> set[str]:
    statuses = matched(packet(*features, **more)).statuses
    return {finding for finding, status in statuses.items() if status == "observed"}


def excluded(*features: dict[str, Any] | str, **more: Any) -> set[str]:
    statuses = matched(packet(*features, **more)).statuses
    return {finding for finding, status in statuses.items() if status == "excluded"}


def refused(document: Any) -> str:
    with pytest.raises(InputFault) as caught:
        matched(document)
    sentence = str(caught.value)
    assert sentence.startswith("case.json")
    assert for_screen(sentence) == sentence
    return sentence


def result(loinc: str, **value: Any) -> dict[str, Any]:
    return {"assay": {"id": loinc, "label": "A test"}, "value": value}


def quantity(value: Any, **limits: Any) -> dict[str, Any]:
    return {"value": value, "unit": {"id": "UCUM:U/L", "label": "U/L"}, "referenceRange": limits}
