"""What the answers mean, kept up to date answer by answer: each costs what it changes, however much is asked.

`findings_of`, `compare` and `tells_most` say the same from nothing; here is only what is kept between two answers.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from msals_tui.evidence.comparison import Comparison, Known, Since, compare
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.findings import FindingState, findings_after, findings_of, statuses
from msals_tui.evidence.sums import Statuses
from msals_tui.questionnaire.response import Response

if TYPE_CHECKING:
    from msals_tui.evidence.next_questions import Telling, Tellings
    from msals_tui.evidence.remembered import Remembered


SafetyItems: TypeAlias = Callable[[Response, Collection[str]], Collection[str]]


class Running:
    """Follows one interview. Everything is worked out when somebody asks for it, from what was known before."""

    def __init__(self, evidence: Evidence | None, response: Response, *, interview: bool) -> None:
        """Without evidence there are findings, and nothing is compared."""
        self._evidence, self._response, self._interview = evidence, response, interview
        self._findings: Mapping[str, FindingState] | None = None
        self._comparison: Comparison | None = None
        self._compared: Mapping[str, FindingState] = {}
        """The findings that the comparison was made of."""
        self._known: Statuses = {}
        """The status of each of them."""
        self._changed: set[str] = set()
        """The items that have changed since then."""
        self._tellings: Tellings | None = None
        self._told: Remembered[Telling] | None = None
        self._news_of_items: set[str] = set()
        self._news_of_findings: set[str] = set()
        """What has changed since it was last worked out what tells most."""

    def follow(self, response: Response) -> None:
        """The interview goes on with this response, made from the last one by one answer."""
        self._response = response
        self._told = None
        changed = set(response.changed_items)
        self._changed |= changed
        self._news_of_items |= changed
        if self._findings is not None:
            self._findings = findings_after(self._findings, response)

    @property
    def findings(self) -> Mapping[str, FindingState]:
        """State of every finding that this questionnaire can show."""
        if self._findings is None:
            self._findings = findings_of(self._response)
        return self._findings

    @property
    def comparison(self) -> Comparison | None:
        """What the answers speak for; None without evidence."""
        evidence = self._evidence
        if evidence is not None and (self._comparison is None or self._changed):
            now, was = self.findings, self._compared
            moved = {one for one in now if one not in was or now[one].status != was[one].status}
            since = Since(self._comparison, moved, self._changed) if self._comparison is not None else None
            known = statuses(now)
            self._comparison = compare(evidence, known, response=self._response, interview=self._interview, since=since)
            self._news_of_findings |= moved
            self._compared, self._known, self._changed = now, known, set()
        return self._comparison

    @property
    def known(self) -> Known | None:
        """All of it together; None without evidence."""
        comparison = self.comparison
        return Known(self._response, self._compared, self._known, comparison) if comparison is not None else None

    def tells_most(self, safety_items: SafetyItems) -> "Iterable[Telling]":
        """Open questions that could still change something, safety first; empty without evidence.

        `safety_items` gives the items of which an answer could still fire a safety rule, once those named have changed.
        """
        evidence, known = self._evidence, self.known
        if evidence is None or known is None:
            return ()
        if self._told is None:
            if self._tellings is None:
                from msals_tui.evidence.next_questions import Tellings

                self._tellings = Tellings(evidence, self._response.questionnaire)
            self._told = self._tellings.of(
                known,
                safety_items(self._response, self._news_of_items),
                changed=self._news_of_items,
                moved=self._news_of_findings,
            )
            self._news_of_items, self._news_of_findings = set(), set()
        return self._told
