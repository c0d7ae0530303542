"""The summary as TOML: for a person to read from the top, and for `replay` to read back.

`answers`, `notes`, `safety` and the header hold all that a replay needs; everything below is derived from them and is
written for readers. Text from people is escaped wherever a screen could mistake it for a command.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import tomli_w
from msgspec.structs import asdict

from msals_tui.evidence.comparison import Comparison
from msals_tui.evidence.coverage import count_findings
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.explain import pattern_sentence, sensitivity_sentences
from msals_tui.evidence.look_alike import LookAlikeFacts, look_alike_facts
from msals_tui.evidence.sensitivity import sensitivity
from msals_tui.evidence.sums import hundredths
from msals_tui.questionnaire.answer import Answer, Missing, MissingCode
from msals_tui.questionnaire.consistency import Mismatch
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.report.comparison_text import counts_text
from msals_tui.report.document import Document, WithdrawnRule
from msals_tui.report.look_alike_text import answer_line, answer_lines, known_lines, standing_sentence, texts
from msals_tui.report.safety_text import decided_in_words, happened_in_words
from msals_tui.report.source_line import source_line
from msals_tui.report.veil import Span, span_sentence, spans
from msals_tui.safety.history import Happened
from msals_tui.text import escape_unprintable

SCHEMA = "msals-summary/1"
Table = dict[str, Any]


def to_toml(document: Document) -> str:
    """The whole summary. The same document gives the same text."""
    return escape_unprintable(tomli_w.dumps(_tables(document), multiline_strings=False))


def answers_table(given: Mapping[str, Answer], items: tuple[Item, ...]) -> Table:
    """Answers as an answers file holds them, in the order of the questionnaire."""
    return {item.id: item.plain(given[item.id]) for item in items if item.id in given}


def _tables(document: Document) -> Table:
    words, interview = document.words, document.interview
    response, questionnaire = interview.response, interview.questionnaire
    counted = {item.id: response.given[item.id] for item in response.path() if item.id in response.given}
    withdrawn = {item.id: response.given[item.id] for item in response.withdrawn()}
    tables: Table = {
        "schema": SCHEMA,
        "id": document.id,
        "notice": words("summary.notice"),
        "status": "complete" if document.complete else "partial",
        "origin": document.origin,
        **({"amends": asdict(document.amends)} if document.amends is not None else {}),
        "started": document.started,
        "finished": document.finished,
        "check_again": [item.id for item in response.path() if item.id in interview.recheck],
        "safety": [_safety(document, number) for number in range(len(document.safety))],
        "safety_withdrawn": [_safety_withdrawn(document, one) for one in document.safety_withdrawn],
        **({"consistency": [_mismatch(document, one) for one in document.mismatches]} if document.mismatches else {}),
        "own_words": {item: text for item, answer in counted.items() if (text := answer.own_words) is not None},
        "section": _sections(document),
        "missing": _missing(document, counted),
    }
    if hidden := list(spans(document.veils)):
        tables["comparison_hidden"] = [_hidden(document, one) for one in hidden]
    if document.evidence and document.comparison:
        tables["comparison"] = _comparison(document, document.evidence, document.comparison)
        tables["finding"] = _findings(document, document.evidence)
        tables["finding_unknown"] = _unknown_findings(document, document.evidence)
    tables["answers"] = answers_table(counted, questionnaire.items)
    tables["withdrawn"] = answers_table(withdrawn, questionnaire.items)
    tables["notes"] = {item.id: interview.notes[item.id] for item in questionnaire.items if item.id in interview.notes}
    tables["questionnaire"] = {
        "id": questionnaire.id,
        "version": questionnaire.version,
        "sha256": questionnaire.sha256,
        "language": questionnaire.language,
        "words": words.language,
        "answered": len(counted),
        "still_open": len(response.unanswered()),
    }
    tables["versions"] = {
        "program": document.program_version,
        "safety": document.safety_version,
        **(document.evidence.versions if document.evidence else {}),
    }
    return tables


def _hidden(document: Document, span: Span) -> Table:
    """From when to when the comparison was hidden from whoever asked."""
    table: Table = {"says": span_sentence(span, document.started, document.words)}
    table |= {"from": span.hidden.time, "from_answers": span.hidden.answers}
    return table | ({"until": span.shown.time, "until_answers": span.shown.answers} if span.shown is not None else {})


def _safety(document: Document, number: int) -> Table:
    """A rule that fired. A decision stands for the answers that it was about, and for none that came after it."""
    entry, words, response = document.safety[number], document.words, document.interview.response
    rule = entry.fired.rule
    table: Table = {
        "rule": rule.id,
        "number": rule.number,
        "level": rule.level,
        "title": rule.title,
        "action": rule.action,
        "answers": [answer_line(document.interview.response, item, document.words) for item in entry.fired.items],
        "sources": list(rule.sources),
        "state": entry.state,
        "state_in_words": decided_in_words(entry, words),
    }
    if entry.choice is not None and entry.decided is not None:
        table |= {
            "decision": entry.choice,
            "decision_in_words": words(f"safety.choice.{entry.choice}"),
            "decided": entry.decided,
            "decided_about": {item: response.questionnaire.item(item).plain(answer) for item, answer in entry.about},
        }
        if new := entry.fired.new_since(entry.about):
            table["not_decided_about"] = [
                answer_line(document.interview.response, item, document.words) for item in new
            ]
    return table | ({"history": _history(document, entry.history)} if entry.history else {})


def _safety_withdrawn(document: Document, one: WithdrawnRule) -> Table:
    """A rule that fired and fires no more, so that nothing that called for somebody goes without a trace."""
    rule = one.rule
    named = {"number": rule.number, "level": rule.level, "title": rule.title} if rule is not None else {}
    return {"rule": one.id, **named, "history": _history(document, one.history)}


def _history(document: Document, history: Sequence[Happened]) -> list[Table]:
    """What happened to a rule, with its time."""
    asked, tables = document.interview.questionnaire, []
    for one in history:
        table: Table = {"at": one.time, "what": one.what, "in_words": happened_in_words(one, asked, document.words)}
        if one.item is not None:
            table["item"] = one.item
            if one.answer is not None:
                table["answer"] = asked.item(one.item).plain(one.answer)
        tables.append(table)
    return tables


def _mismatch(document: Document, one: Mismatch) -> Table:
    """Answers that do not fit together, and what is not counted for it."""
    response, words = document.interview.response, document.words
    table: Table = {
        "rule": one.rule.id,
        "says": one.rule.say,
        "items": list(one.items),
        "answers": [answer_line(response, item, words, answer) for item, answer in one.because],
    }
    if one.rule.counts_for_nothing:
        table["counts_for_nothing"] = list(one.rule.counts_for_nothing)
    return table


def _sections(document: Document) -> list[Table]:
    sections = []
    response = document.interview.response
    for section in response.questionnaire.sections:
        items = [_item(document, item, answer) for item in section.items if (answer := response.answer(item.id))]
        if items:
            sections.append({"id": section.id, "title": section.title, "item": items})
    return sections


def _item(document: Document, item: Item, answer: Answer) -> Table:
    interview, words = document.interview, document.words
    table: Table = {"id": item.id, "question": item.ask}
    if answer.own_words is not None:
        table["in_own_words"] = True  # they stand under `own_words`, and long texts not twice
    else:
        table["answer"] = item.said(answer, words)
    table |= item.summed_up(answer, words)
    if answer.counts_from_intake and document.started.date() != document.finished.date():
        table["counted_from"] = document.started.date()  # else a reader would count from the day of the summary
    if item.id in interview.notes:
        table["noted"] = True  # the note itself stands under `notes`
    if item.id in interview.recheck:
        table["check_again"] = True
    return table


def _missing(document: Document, counted: Mapping[str, Answer]) -> Table:
    """What is not known, by reason; none of it is a "no"."""
    table: Table = {str(code): [] for code in MissingCode}
    for item, answer in counted.items():
        if isinstance(answer, Missing):
            table[str(answer.code)].append(item)
    table["still_open"] = [item.id for item in document.interview.response.unanswered()]
    return table


def _unknown_findings(document: Document, evidence: Evidence) -> Table:
    """Findings that stay open: asked about without an answer that settles them, or not asked about at all."""
    says = {one.rule.id: one.rule.say for one in document.mismatches}
    states = [(finding, state) for finding, state in document.findings.items() if finding in evidence.findings]
    unknown = [(finding, state) for finding, state in states if state.status == "unknown"]
    set_aside = [
        {"finding": finding, "because": [says[rule] for rule in state.set_aside]}
        for finding, state in states
        if state.set_aside and (state.observed_by or state.excluded_by)
    ]
    return {
        "says": counts_text(count_findings(evidence, document.findings), document.words),
        "not_known": [finding for finding, state in unknown if state.asked],
        "not_asked": [finding for finding, state in unknown if not state.asked],
        **({"set_aside": set_aside} if set_aside else {}),
    }


def _findings(document: Document, evidence: Evidence) -> list[Table]:
    """What was observed or excluded, in the order of the evidence."""
    tables = []
    for finding_id, state in document.findings.items():
        if state.status == "unknown" or finding_id not in evidence.findings:
            continue
        finding = evidence.findings[finding_id]
        table: Table = {"id": finding_id, "label": finding.label, "status": state.status}
        if finding.hpo_id:
            table |= {"hpo_id": finding.hpo_id, "hpo_label": finding.hpo_label, "hpo_match": finding.hpo_match}
        if state.observed_by or state.excluded_by:
            table["answers"] = list(dict.fromkeys((*state.observed_by, *state.excluded_by)))
        if state.conflict:
            table["answers_disagree"] = True
        tables.append(table)
    order = {finding: number for number, finding in enumerate(evidence.findings)}
    return sorted(tables, key=lambda table: order[table["id"]])


def _comparison(document: Document, evidence: Evidence, comparison: Comparison) -> Table:
    words = document.words
    first, second = evidence.first.id, evidence.second.id
    counted = [one for one in comparison.contributions.values() if one.raw_db]
    return {
        "says": words("summary.comparison", first=evidence.first.name, second=evidence.second.name),
        "pattern": comparison.pattern,
        "pattern_in_words": pattern_sentence(words, evidence, comparison.pattern),
        "sensitivity": list(sensitivity_sentences(words, evidence, sensitivity(evidence, comparison))),
        f"toward_{first}_db": comparison.first_db,
        f"toward_{second}_db": comparison.second_db,
        "net_db": comparison.net_db,
        "core_net_db": comparison.core_net_db,
        "domain": [
            {
                "id": one.domain,
                "title": evidence.domains[one.domain].title,
                f"{first}_db": one.first_db,
                f"{second}_db": one.second_db,
                "known": one.known,
                "not_known": one.unknown,
            }
            for one in comparison.domains
        ],
        "contribution": [
            {
                "finding": one.finding.id,
                "label": one.finding.label,
                "status": one.status,
                "weight_db": one.raw_db,
                "counted_db": hundredths(one.counted_db),
                "group": one.finding.group or "",
                "assumed_for": list(one.finding.assumed),
                "sources": list(one.finding.sources),
            }
            for one in counted
        ],
        "points_elsewhere": [
            {"finding": one.id, "label": one.label, "strength": one.strength, "look_alikes": list(one.look_alikes)}
            for one in comparison.elsewhere
        ],
        "look_alike": [
            _look_alike(document, evidence, one)
            for one in look_alike_facts(evidence, comparison, document.findings)
            if one.standing != "open"
        ],
        "source": _sources(document, evidence, {source for one in counted for source in one.finding.sources}),
    }


def _look_alike(document: Document, evidence: Evidence, facts: LookAlikeFacts) -> Table:
    """A look-alike that the answers point to, or speak against: what is for it and against it, and what would settle it."""
    words, out = document.words, facts.standing == "ruled_out"
    return {
        "id": facts.look_alike.id,
        "name": facts.look_alike.name,
        "standing": facts.standing,
        "in_words": standing_sentence(evidence, facts, words),
        "says": list(facts.says),
        "raised_by": [] if out else list(facts.findings),
        "ruled_out_by": list(facts.findings) if out else [],
        "answers": [line for _, line in answer_lines(document.interview.response, facts.items, words)],
        "speaks_for": texts(facts.speaks_for, "there"),
        "speaks_against": texts(facts.speaks_against, "there"),
        "not_there_for": texts(facts.speaks_for, "not_there"),
        "not_there_against": texts(facts.speaks_against, "not_there"),
        "settled_by": facts.look_alike.settled_by,
        "known_already": list(known_lines(evidence, facts, words)),
    }


def _sources(document: Document, evidence: Evidence, ids: set[str]) -> Table:
    """Where the weights come from, so that the summary stands on its own."""
    return {one: source_line(evidence.sources[one], document.words) for one in sorted(ids & set(evidence.sources))}
