"""One sitting: every front end posts events here and reads the new state; nothing here knows a screen.

What is compared and what tells most is worked out when somebody asks for it and kept until the answers change; a sitting
without evidence (a kiosk) never loads it. Safety rules are looked at after every answer.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from msals_tui.errors import Filled, MsalsError
from msals_tui.evidence import explain
from msals_tui.evidence.comparison import Comparison, Known
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.findings import FindingState
from msals_tui.evidence.reference import Reference
from msals_tui.evidence.running import Running
from msals_tui.interview.events import Answered, Event, Noted
from msals_tui.interview.interview import Interview, altered, transition
from msals_tui.interview.last import Last, last_of
from msals_tui.interview.unconfirmed import Field, Typed
from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.born import born_between
from msals_tui.questionnaire.consistency import Mismatch
from msals_tui.questionnaire.dates.occasion import Occasion
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.model import Source
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.questionnaire.response import Response
from msals_tui.questionnaire.words import Words
from msals_tui.report.veil import Veil
from msals_tui.safety.history import Happened, about, followed, told_of
from msals_tui.safety.model import SafetyRule
from msals_tui.safety.rules import Because, Fired, StillOpen, Watch
from msals_tui.session.clock import Clock, is_wrong

if TYPE_CHECKING:
    from msals_tui.evidence.look_alike import LookAlikeFacts
    from msals_tui.evidence.next_questions import Telling
    from msals_tui.evidence.sensitivity import Sensitivity
    from msals_tui.report.document import Amends, Document, Origin, SafetyEntry, WithdrawnRule

Listener: TypeAlias = Callable[["Happening"], None]


class Decision(Struct, frozen=True):
    """What somebody decided when a safety rule interrupted (one of DECISIONS), and when.

    It stands for the answers that it was about, `about`, and for no others: new ones may say something new.
    """

    rule: str
    choice: str
    time: datetime
    about: Because = ()


Happening: TypeAlias = Event | Decision | Veil | Typed
"""Everything that a journal keeps."""

MISTAKE = "mistake"
OPEN = "open"
"""How a safety matter stands that nobody decided about, or that was called a mistake and was not corrected."""
DECISIONS: tuple[Literal["told", "known", "mistake"], ...] = ("told", "known", "mistake")
"""The answers to a safety interruption: the responsible clinician was told; it is known and being dealt with; it was
entered by mistake (goes back to the question and settles nothing)."""


class Content(Struct, frozen=True, dict=True):
    """Everything that one sitting reads and never changes. `evidence` is None if nobody may compare."""

    questionnaire: Questionnaire
    safety: tuple[SafetyRule, ...]
    safety_version: str
    evidence: Evidence | None
    reference: Reference | None = None
    """What staff may look up; None if a patient sits, and where the library has none."""

    @cached_property
    def watch(self) -> Watch:
        """The safety rules, ready to be looked at after every answer."""
        return Watch(self.safety)


class Session:
    """Holds the present interview. `listener` hears every happening, before whoever caused it goes on."""

    def __init__(
        self,
        content: Content,
        clock: Clock,
        listener: Listener | None = None,
        *,
        origin: "Origin" = "interview",
        started: datetime | None = None,
        intake: str | None = None,
    ) -> None:
        """With `started` and `intake`, its id, goes on with one that was begun then; else a new one begins now."""
        self.content = content
        self.clock = clock
        self.origin = origin
        """An interview gets no pattern word before its key questions were asked; of a file, nobody can be asked."""
        self.amends: Amends | None = None
        """The final that this sitting corrects."""
        self.started = started or clock.now()
        self.id = intake or clock.new_id()
        self.interview = Interview.start(content.questionnaire, self.started.date())
        self._decided: list[Decision] = []
        self.history: tuple[Happened, ...] = ()
        """What became of each safety rule, in order."""
        self.listener = listener
        self._running, self._still_open = self._from_nothing(), StillOpen(self.content.watch)
        self.unconfirmed: dict[Field, str] = {}
        """What was typed and is no answer and no note yet."""
        self.veils: tuple[Veil, ...] = ()
        """When the comparison was hidden, and shown again."""
        self.last: Last | None = None
        """What happened to an answer last."""
        self._sensitivity: Sensitivity | None = None
        self.fired: tuple[Fired, ...] = ()
        self.mismatches: tuple[Mismatch, ...] = ()
        """Answers that do not fit together as they are now."""
        self.new_mismatches: tuple[Mismatch, ...] = ()
        """Those that the last change of an answer brought up."""

    def post(self, event: Event) -> Interview:
        """Moves the interview. Raises Refused when the event is not possible; nothing has happened then."""
        before = self.interview
        after = transition(before, event)
        self.interview = after
        if after.response is not before.response:
            self.last = last_of(event, before, after)
            self._running.follow(after.response)
            known = self.mismatches
            self.mismatches = self.content.questionnaire.consistency_watch.holding_after(known, after.response)
            self.new_mismatches = tuple(one for one in self.mismatches if one not in known)
            fired = self.content.watch.holding_after(self.fired, after.response)
            if fired != self.fired and (item := altered(event, before, after)) is not None:
                answer, now = after.response.given.get(item), self.clock.now()
                self.history += tuple(followed(self.fired, fired, now, item, answer))
            self._answers_changed(fired)
        if self.listener is not None:
            self.listener(event)
        if isinstance(event, Answered | Noted):
            self.keep_typed(Field(event.item, note=isinstance(event, Noted)), "")
        return after

    def keep_typed(self, field: Field, text: str) -> None:
        """Keeps what stands in a field and nobody has confirmed; "" once it was, or was given up. It counts for nothing."""
        if self.unconfirmed.get(field, "") == text:
            return
        self.unconfirmed.pop(field, None)
        if text:
            self.unconfirmed[field] = text
        if self.listener is not None:
            self.listener(Typed(field, text))

    def restore(
        self,
        given: Mapping[str, Answer],
        *,
        notes: Mapping[str, str],
        recheck: frozenset[str] = frozenset(),
        decisions: Iterable[Decision] = (),
        last: Last | None = None,
        veils: Iterable[Veil] = (),
        unconfirmed: Mapping[Field, str] | None = None,
        history: Iterable[Happened] = (),
        since: Mapping[str, datetime] | None = None,
    ) -> None:
        """Takes over what a file holds, and opens the first question that is still open.

        Answers of items that are not asked on this path are kept and count for nothing, as after any other change.
        Decisions about rules that these answers do not fire are left out, their trace in `history` is not. `since` says when
        each item was answered: of a rule of whose firing the history does not tell, that is when it fired.
        """
        response = Response(self.content.questionnaire, self.interview.response.today, given)
        self.interview = Interview.restored(response, notes, recheck)
        self.last, self.veils, self.unconfirmed = last, tuple(veils), dict(unconfirmed or {})
        self._running, self._still_open = self._from_nothing(), StillOpen(self.content.watch)
        self.mismatches = self.content.questionnaire.consistency_watch.holding(response)
        self.new_mismatches = ()
        self._answers_changed(self.content.watch.holding(response))
        firing = {one.rule.id for one in self.fired}
        self._decided = [one for one in decisions if one.rule in firing]
        self.history = (
            *(one for fired in self.fired for one in self._fired_untold(fired, history, since or {})),
            *history,
        )

    def _fired_untold(
        self, fired: Fired, history: Iterable[Happened], since: Mapping[str, datetime]
    ) -> Iterator[Happened]:
        """That a rule fired, at the last of its answers, where the history does not tell; never after what it tells."""
        times = [(since[item], item, answer) for item, answer in fired.because if item in since]
        if times and not told_of(history, fired.rule.id):
            time, item, answer = max(times, key=lambda one: one[0])
            yield Happened(
                fired.rule.id, "fired", min(time, *(one.time for one in about(history, fired.rule.id))), item, answer
            )

    def _from_nothing(self) -> Running:
        """What is known of the present answers before anything was worked out."""
        return Running(self.content.evidence, self.interview.response, interview=self.origin == "interview")

    def _answers_changed(self, fired: tuple[Fired, ...]) -> None:
        self._sensitivity = None
        self.fired = fired
        # A rule that stopped firing is decided anew if it ever fires again.
        firing = {one.rule.id for one in self.fired}
        self._decided = [one for one in self._decided if one.rule in firing]

    def occasion(self, item: Item) -> Occasion:
        """What a date that is given now to a question is read with: the day of the answer, and what is known of the person."""
        now, response = self.clock.now(), self.interview.response
        return Occasion(
            now.date(),
            response.today,
            born_between(self.content.questionnaire.born, response, item.id),
            clock_wrong=is_wrong(now) or now.date() < response.today,
        )

    @property
    def hidden(self) -> bool:
        """Whether the comparison, and what gives away where an answer leads, is hidden from whoever asks."""
        return bool(self.veils) and self.veils[-1].hidden

    def hide(self) -> None:
        """Hides the comparison from here on; nothing where it is hidden, or nothing is compared."""
        if not self.hidden and self.content.evidence is not None:
            self._veil(hidden=True)

    def lift(self) -> None:
        """Shows it again, which is kept with the time."""
        if self.hidden:
            self._veil(hidden=False)

    def _veil(self, *, hidden: bool) -> None:
        one = Veil(hidden, self.clock.now(), len(self.interview.response.counting))
        self.veils = (*self.veils, one)
        if self.listener is not None:
            self.listener(one)

    @property
    def counted_from(self) -> date | None:
        """The day from which some "ago" counts that says no day, where that is not today; None elsewhere."""
        response = self.interview.response
        begun_before = response.today != self.clock.now().date()
        return (
            response.today if begun_before and any(one.counts_from_intake for one in response.given.values()) else None
        )

    @property
    def patient(self) -> bool:
        """Whether questions speak to a patient rather than to a clinician."""
        return self.content.questionnaire.voice == "patient"

    @property
    def sources(self) -> Mapping[str, Source]:
        """Sources of the questionnaire and of the evidence."""
        evidence = self.content.evidence
        return {**self.content.questionnaire.sources, **(evidence.sources if evidence else {})}

    def items_bearing_on(self, finding: str) -> tuple[str, ...]:
        """Questions on this path that can show a finding, in the order asked."""
        bearing = self.content.questionnaire.items_by_finding.get(finding, ())
        return tuple(item.id for item in self.interview.response.path() if item.id in bearing)

    def mismatch_lines(self, words: Words, item: str | None = None) -> tuple[str, ...]:
        """What does not fit together and concerns an item's answer, or without one what the last answer brought up.

        Said to whoever sits here; what is for staff alone is left out for a patient.
        """
        found = self.new_mismatches if item is None else [one for one in self.mismatches if item in one.items]
        key = "question.mismatch_patient" if self.patient else "question.mismatch"
        said = (one.rule.said(patient=self.patient) for one in found)
        return tuple(words(key, says=sentence) for sentence in said if sentence)

    def meanings(self, item: Item, words: Words) -> tuple[str, ...]:
        """What each answer to an item would show or speak against; empty where evidence is not loaded."""
        evidence = self.content.evidence
        return explain.meanings(evidence, item, words) if evidence is not None else ()

    def undecided(self) -> tuple[Fired, ...]:
        """Safety rules that interrupt and that nobody has decided about yet as the answers are now."""
        return tuple(one for one in self.fired if one.interrupts and not self._is_settled(one))

    @property
    def decisions(self) -> dict[str, Decision]:
        """The decision about each rule that fires now, by rule: one about the present answers, else the last there was."""
        found = {}
        for fired in self.fired:
            decided = [one for one in self._decided if one.rule == fired.rule.id]
            settling = [one for one in decided if not fired.new_since(one.about)]
            if decided:
                found[fired.rule.id] = (settling or decided)[-1]
        return found

    def decision_of(self, one: Happened) -> Decision:
        """The decision that the history tells of; it is about nothing, and settles nothing, where it counts no more."""
        found = (
            known for known in self._decided if (known.rule, known.choice, known.time) == (one.rule, one.what, one.time)
        )
        return next(found, Decision(one.rule, one.what, one.time))

    def _is_settled(self, fired: Fired) -> bool:
        """Whether somebody decided knowing all the answers that make the rule hold."""
        return any(one.rule == fired.rule.id and not fired.new_since(one.about) for one in self._decided)

    def decide(self, rule: str, choice: str) -> None:
        """Keeps what was decided about a safety rule, with the time and the answers that it is about.

        A mistake is heard but settles nothing. Raises MsalsError if the rule does not fire, or nobody can choose this.
        """
        fired = next((one for one in self.fired if one.rule.id == rule), None)
        if fired is None:
            raise MsalsError("there is nothing to decide about this safety rule", where=rule)
        if choice not in DECISIONS:
            raise MsalsError(
                Filled('"{choice}" cannot be decided', choice=choice),
                where=rule,
                hint=Filled("choose one of {decisions}", decisions=", ".join(DECISIONS)),
            )
        decision = Decision(rule, choice, self.clock.now(), fired.because)
        self.history += (Happened(rule, choice, decision.time),)
        if choice != MISTAKE:
            self._decided.append(decision)
        if self.listener is not None:
            self.listener(decision)

    @property
    def safety(self) -> "tuple[SafetyEntry, ...]":
        """Every rule that fires now, with what was decided last, and what happened to one that asks for a decision."""
        from msals_tui.report.document import SafetyEntry

        decisions, entries = self.decisions, []
        for one in self.fired:
            decision = decisions.get(one.rule.id)
            happened = about(self.history, one.rule.id) if one.interrupts else ()
            if decision is None:
                entries.append(SafetyEntry(one, None, None, history=happened))
            else:
                entries.append(SafetyEntry(one, decision.choice, decision.time, decision.about, happened))
        return tuple(entries)

    @property
    def safety_withdrawn(self) -> "tuple[WithdrawnRule, ...]":
        """Every rule that asked for a decision and fires no more, in the order of the rules; those that are gone come last."""
        from msals_tui.report.document import WithdrawnRule

        rules = {one.id: one for one in self.content.safety}
        gone = {one.rule for one in self.history} - {one.rule.id for one in self.fired}
        ordered = [
            *(one.id for one in rules.values() if one.id in gone and one.interrupts),
            *sorted(gone - rules.keys()),
        ]
        return tuple(WithdrawnRule(name, rules.get(name), about(self.history, name)) for name in ordered)

    @property
    def standing(self) -> str | None:
        """How the most pressing safety matter stands: OPEN, or what was decided; None where no rule asks for a decision."""
        if not self.fired:
            return None
        states = {one.state for one in self.safety if one.fired.interrupts}
        return next((one for one in (OPEN, "told", "known") if one in states), None)

    @property
    def findings(self) -> Mapping[str, FindingState]:
        """State of every finding that this questionnaire can show."""
        return self._running.findings

    @property
    def comparison(self) -> Comparison | None:
        """What the answers speak for; None if evidence is not loaded."""
        return self._running.comparison

    @property
    def known(self) -> Known | None:
        """The answers, what they show and what they compare to; None if evidence is not loaded."""
        return self._running.known

    @property
    def sensitivity(self) -> "Sensitivity | None":
        """Whether the pattern word hangs on a published figure; None if evidence is not loaded."""
        evidence, comparison = self.content.evidence, self.comparison
        if self._sensitivity is None and evidence is not None and comparison is not None:
            from msals_tui.evidence.sensitivity import sensitivity

            self._sensitivity = sensitivity(evidence, comparison)
        return self._sensitivity

    def document(self, words: Words, *, program_version: str) -> "Document":
        """Everything that is handed over, as it stands now."""
        from msals_tui.report.document import Document

        return Document(
            id=self.id,
            origin=self.origin,
            amends=self.amends,
            started=self.started,
            finished=self.clock.now(),
            program_version=program_version,
            safety_version=self.content.safety_version,
            interview=self.interview,
            safety=self.safety,
            safety_withdrawn=self.safety_withdrawn,
            mismatches=self.mismatches,
            findings=self.findings,
            evidence=self.content.evidence,
            comparison=self.comparison,
            veils=self.veils,
            words=words,
        )

    @property
    def look_alikes(self) -> "tuple[LookAlikeFacts, ...]":
        """Every look-alike as the answers leave it, those to think of first; empty where evidence is not loaded."""
        evidence, comparison = self.content.evidence, self.comparison
        from msals_tui.evidence.look_alike import look_alike_facts

        return look_alike_facts(evidence, comparison, self.findings) if evidence and comparison else ()

    def tells_most(self) -> "Iterable[Telling]":
        """Open questions that could still change something, safety first; empty where evidence is not loaded."""
        return self._running.tells_most(self._still_open.of)
