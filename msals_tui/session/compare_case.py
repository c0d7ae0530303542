"""From a file, or from a sitting, to a comparison that a report can write."""

from collections.abc import Callable

from msals_tui import __version__
from msals_tui.content.case_files import AnswersFile, FindingsInput, JsonFile, read_case
from msals_tui.content.file import ContentFile
from msals_tui.content.library import Library
from msals_tui.errors import ContentFaults, Fault, UsageFault
from msals_tui.evidence.comparison import compare
from msals_tui.evidence.coverage import asked_about, count_findings
from msals_tui.evidence.evidence import Evidence
from msals_tui.exchange.matching import match
from msals_tui.exchange.phenopacket import read_phenopacket
from msals_tui.questionnaire.condition import FindingStatus
from msals_tui.questionnaire.problem import Nearest
from msals_tui.report.compared import Compared, Kind
from msals_tui.session.clock import MachineClock, is_wrong
from msals_tui.session.options import DEFAULT_LANGUAGE
from msals_tui.session.replay import content_for, replay
from msals_tui.session.session import Session


def compare_file(
    path: str, library: Library, questionnaire: str | None = None, remark: Callable[[str], object] = lambda _: None
) -> Compared:
    """The comparison of an answers file, a findings file, a summary or a phenopacket. Raises InputFault if it cannot be read.

    `questionnaire` names the one to ask with (an id, or a file) instead of the one that the file names. `remark` hears of
    each answer of an answers file that counts for nothing.
    """
    file, case = read_case(path)
    if isinstance(case, FindingsInput):
        return compare_findings(file, case, library.evidence)
    if isinstance(case, JsonFile):
        return compare_phenopacket(file, case, library)
    content = content_for(file, case, library, questionnaire, comparing=True)
    replayed = replay(file, case, content, lambda: library.words(DEFAULT_LANGUAGE))
    session = replayed.session
    for sentence in replayed.not_asked:
        remark(sentence)
    kind: Kind = "answers" if isinstance(case, AnswersFile) else "summary"
    return compare_session(session, kind=kind, file=file.path, case_id=case.id)


def compare_session(session: Session, *, kind: Kind, file: str = "", case_id: str | None = None) -> Compared:
    """The comparison of a sitting as it stands."""
    content, comparison = session.content, session.comparison
    if content.evidence is None or comparison is None:
        raise UsageFault("nothing is compared in this sitting")
    questionnaire = content.questionnaire
    return Compared(
        file=file,
        id=case_id,
        kind=kind,
        evidence=content.evidence,
        comparison=comparison,
        asked=asked_about(session.findings),
        safety=session.fired,
        mismatches=session.mismatches,
        open_items=lambda: (one.item for one in session.tells_most() if not one.item.private),
        versions={
            "program": __version__,
            "questionnaire": f"{questionnaire.id} {questionnaire.version}",
            "safety": content.safety_version,
            **content.evidence.versions,
        },
        counted=count_findings(content.evidence, session.findings),
    )


def compare_findings(file: ContentFile, case: FindingsInput, evidence: Evidence) -> Compared:
    """The comparison of findings given by id.

    ContentFaults names those that the evidence does not know, and those that are both observed and excluded.
    """
    nearest = Nearest()
    faults = [
        *(_unknown(file, evidence, nearest, (table, number), finding)
          for table, findings in (("observed", case.observed), ("excluded", case.excluded))
          for number, finding in enumerate(findings) if finding not in evidence.findings),
        *(Fault(file.path, file.lines.line(("excluded", number)), finding, "BOTH_WAYS",
                "the finding is given as observed and as excluded", "keep one of them")
          for number, finding in enumerate(case.excluded) if finding in case.observed),
    ]  # fmt: skip
    if faults:
        raise ContentFaults(tuple(faults))
    statuses: dict[str, FindingStatus] = dict.fromkeys(case.excluded, "excluded")
    statuses |= dict.fromkeys(case.observed, "observed")
    return Compared(
        file=file.path,
        id=case.id,
        kind="findings",
        evidence=evidence,
        comparison=compare(evidence, statuses),
        asked=statuses.keys(),
        safety=(),
        mismatches=(),
        open_items=tuple,
        versions={"program": __version__, **evidence.versions},
    )


def compare_phenopacket(file: ContentFile, case: JsonFile, library: Library) -> Compared:
    """The comparison of a phenopacket, with what of it no finding covers. Raises InputFault if it cannot be read."""
    now = MachineClock().now()
    packet = read_phenopacket(case.data, file.path, None if is_wrong(now) else now.date())
    evidence, terms = library.evidence, library.terms
    matched = match(packet, terms, evidence.findings)
    versions = {"hpo": terms.hpo.release, "terms": terms.written.version}
    return Compared(
        file=file.path,
        id=packet.id or None,
        kind="phenopacket",
        evidence=evidence,
        comparison=compare(evidence, matched.statuses),
        asked=matched.statuses.keys(),
        safety=(),
        mismatches=(),
        open_items=tuple,
        versions={"program": __version__, **evidence.versions, **versions},
        unmatched=matched.unmatched,
    )


def _unknown(file: ContentFile, evidence: Evidence, nearest: Nearest, place: tuple[str, int], finding: str) -> Fault:
    hint = nearest.hint(finding, evidence.findings, "check its name")
    what = "there is no finding of this name"
    return Fault(file.path, file.lines.line(place), finding, "NO_SUCH_FINDING", what, hint)
