"""What every part of a conversation needs: saying, reading an answer, keeping it, and the interruption for safety."""

from collections.abc import Callable

from msgspec.structs import replace

from msals_tui.errors import InputFault
from msals_tui.flow.flow import Flow
from msals_tui.flow.steps import Decided, Event
from msals_tui.flow.strokes import said_by
from msals_tui.interview.events import NOTE_LENGTH, Answered, Next
from msals_tui.interview.unconfirmed import Field
from msals_tui.plain.kinds import prompt_of, question_lines, read_answer
from msals_tui.plain.lines import EndOfInput, Lines
from msals_tui.plain.reference import reference_lines
from msals_tui.plain.said_lines import answer_list, hidden, safety_lines, said_answer, why_lines
from msals_tui.plain.typed_line import Command, Voice, command, unescaped, way_said
from msals_tui.questionnaire.answer import Answer, MissingCode
from msals_tui.questionnaire.kinds.item import Doubt, Item, Unclear, Way
from msals_tui.records.saving import Saving
from msals_tui.report.comparison_text import comparison_text, coverage_text
from msals_tui.report.last_text import last_text
from msals_tui.report.look_alike_text import look_alike_lines
from msals_tui.report.sums_text import sums_lines
from msals_tui.safety.reading import PAUSE_MS, Reading
from msals_tui.safety.rules import Fired
from msals_tui.session.compare_case import compare_session
from msals_tui.session.session import DECISIONS, Session
from msals_tui.signals import Ended
from msals_tui.text import clean


class Stopped(Exception):
    """Somebody asked to stop here."""


class Talk:
    """One sitting over a pair of lines. Every answer goes to the session at once, so that nothing recorded is lost."""

    def __init__(
        self,
        flow: Flow,
        session: Session,
        voice: Voice,
        lines: Lines,
        *,
        saving: Callable[[], Saving | None] = lambda: None,
    ) -> None:
        self._flow = flow
        self.step = flow.step
        """To which step what was said and typed so far led."""
        self.session = session
        self.voice = voice
        self.lines = lines
        self._saving = saving
        self.within: Field | None = None
        """The round of a group that is open."""
        self._doubt: Doubt | None = None
        """What was asked about the line before, which one of its ways settles."""

    def take(self, *events: Event) -> None:
        """Hands over what happened."""
        self.step = self._flow.take(*events)

    def say(self, key: str, **values: object) -> None:
        """Says the words of a key."""
        self.lines.say(self.voice.words(key, **values))

    def say_where(self, text: str) -> None:
        """Says where somebody is, behind how the most pressing safety matter stands."""
        if (standing := self.session.standing) is not None:
            own = "safety_patient" if self.voice.patient else "safety"
            text = self.voice.words("plain.head_marked", mark=self.voice.words(f"{own}.mark.{standing}"), head=text)
        self.lines.say(text)

    def ask(self, key: str) -> str:
        """Asks with the words of a key."""
        return self.lines.ask(self.voice.words(key))

    def present(self, item: Item, answer: Answer | None) -> None:
        """Says a question and the ways to answer it."""
        self._doubt = None
        if item.id in self.session.interview.recheck:
            self.say("question.recheck")
        for line in self.session.mismatch_lines(self.voice.words, item.id):
            self.lines.say(line)
        for line in question_lines(item, answer, self.voice):
            self.lines.say(line)
        if typed := self.session.unconfirmed.get(self.field(item)):
            self.say("plain.typed_before", text=typed.replace("\n", " / "))

    def field(self, item: Item) -> Field:
        """Where the answer to a question is typed: in the round that is open, if it stands in one."""
        return Field(item.id) if self.within is None else replace(self.within, inner=item.id)

    def line(self, item: Item) -> str:
        """What is typed to a question; :t stands for what was typed before and not confirmed."""
        while True:
            typed = self.lines.ask(prompt_of(item, self.voice))
            told = command(typed)
            if told is None or told.name not in ("t", "take"):
                return typed
            if before := self.session.unconfirmed.get(self.field(item)):
                return f":{before}" if before.startswith(":") else before
            self.say("plain.nothing_typed")

    def read(self, item: Item, typed: str) -> Answer | None:
        """The answer that was typed, None after saying why it is none, or asking back whether it is meant."""
        doubt, self._doubt = self._doubt, None
        if doubt is not None and (way := self._settled(doubt, typed)) is not None:
            if way.answer is None:
                self.say("plain.again")
            return way.answer
        text = unescaped(typed)
        if item.in_own_words:
            text = self._rest_of(item, text)
        try:
            answer = read_answer(item, text, self.voice, self.session.occasion(item))
        except Unclear as unclear:
            self._ask_doubt(unclear.doubt)
            return None
        except InputFault as fault:
            self.lines.say(fault.what)
            return None
        if (unlikely := item.doubt(answer, self.voice.words)) is not None:
            self._ask_doubt(unlikely)
            return None
        return answer

    def _settled(self, doubt: Doubt, typed: str) -> Way | None:
        """The way that a line settles a doubt by; None where it is something else, such as another answer."""
        said = said_by(typed, self.voice.words)
        entry = (doubt.worded(said) or "") if said is not None else "" if doubt.by_letter else typed.strip()
        return doubt.numbered.get(entry)

    def doubtful(self) -> bool:
        """Whether a doubt about the line before is open, which is then said again: an empty line settles nothing."""
        if self._doubt is not None:
            self._ask_doubt(self._doubt)
        return self._doubt is not None

    def _ask_doubt(self, doubt: Doubt) -> None:
        self._doubt = doubt
        self.lines.say(doubt.says)
        if doubt.by_letter:
            self.say("plain.yes_or_no", yes=self.voice.words("answer.yes_key"), no=self.voice.words("answer.no_key"))
            return
        for number, way in doubt.numbered.items():
            self.say("plain.option", number=number, label=way.label)

    def record(self, item: Item, answer: Answer) -> None:
        """Keeps an answer and goes on."""
        self.take(Answered(item.id, answer), Next())
        self.say_recorded(item, answer)

    def say_recorded(self, item: Item, answer: Answer) -> None:
        """Says what was understood, after what the disk did not take."""
        saving = self._saving()
        if saving is not None and saving.fault is not None:
            why = self.voice.words.told(saving.fault.what)
            self.say("saving.not_saved_patient" if self.voice.patient else "saving.not_saved", why=why)
        if hidden(item, self.voice):
            self.say("plain.recorded_quietly")
        else:
            if meant := item.meant(answer, self.voice.words, self.session.occasion(item)):
                self.say("plain.understood", meant=meant)
            self.say("plain.recorded", answer=said_answer(item, answer, self.voice))
        for line in self.session.mismatch_lines(self.voice.words):
            self.lines.say(line)

    def keep(self, item: Item) -> bool:
        """Goes on with the answer given before; False after saying that there is none."""
        if self.doubtful():
            return False
        if item.id not in self.session.interview.response.given and item.is_question:
            self.say("fault.choose")
            return False
        self.take(Next())
        return True

    def decide(self, fired: Fired) -> None:
        """Asks for a decision about a safety rule: by a word that answers nothing else."""
        own = "safety_patient" if self.voice.patient else "safety"
        for line in safety_lines(fired, self.session.interview, self.voice):
            self.lines.say(line)
        for choice, word in self._decisions.items():
            self.say("plain.decision", word=word, label=self.voice.words(f"{own}.choice.{choice}"))
        rule = fired.rule
        self.take(Decided(self._decision(rule.say_patient if self.voice.patient else rule.say)))

    def answer_about(self, told: Command, item: Item | None) -> None:
        """The commands that change nothing."""
        match told.name:
            case "s" | "stop":
                raise Stopped
            case "h" | "help":
                self._help()
            case "w" | "why" if item is not None:
                for line in why_lines(item, self.voice, self.session.sources, hidden=self.session.hidden):
                    self.lines.say(line)
            case "l" | "list":
                for line in answer_list(self.session.interview, self.voice):
                    self.lines.say(line)
            case "v" | "compare" | "sums" | "elsewhere" | "reference" | "hide" | "show":
                self._for_staff(told)
            case _:
                self.say("plain.no_such_command", typed=f":{told.name}")

    def _for_staff(self, told: Command) -> None:
        """The commands that tell a patient nothing."""
        match told.name:
            case "hide" | "show" if not self._is_compared:
                self.say("plain.no_compare")
            case "hide":
                self._hide()
            case "show":
                self._lift()
            case "sums":
                self._sums()
            case "elsewhere":
                self._elsewhere()
            case "reference":
                self._look_up(told.rest)
            case _:
                self._compare()

    def cleaned_note(self, text: str) -> str:
        """A note as it is kept, after saying what of it cannot be."""
        self._say_what_changed(text, NOTE_LENGTH, lines=True)
        return clean(text, max_length=NOTE_LENGTH, lines=True).text

    def _rest_of(self, item: Item, first: str) -> str:
        """All lines of a text, after saying what of it cannot be kept."""
        lines = [first]
        several = item.takes_lines
        try:
            while several and (more := self.ask("plain.prompt_more")):
                lines.append(more)
        except EndOfInput:
            pass  # what was typed is an answer all the same; the next question meets the end again
        except Ended:  # nobody has said that this is all of it
            self.session.keep_typed(self.field(item), "\n".join(lines))
            raise
        text = "\n".join(lines)
        self._say_what_changed(text, item.longest, lines=several)
        return text

    def _say_what_changed(self, text: str, max_length: int, *, lines: bool) -> None:
        whole = clean(text, max_length=4 * len(text) + 1, lines=lines)
        if whole.changed:
            self.say("fault.cleaned", count=whole.changed)
        if len(whole.text) > max_length:
            self.say("fault.cut", count=max_length)

    @property
    def _decisions(self) -> dict[str, str]:
        """The words that make the decisions."""
        return {choice: self.voice.words(f"plain.decide.{choice}") for choice in DECISIONS}

    def _decision(self, text: str) -> str:
        """What was decided, once `text` can have been read. A person's lines from before that decide nothing."""
        reading = Reading.begun(text, self._flow.startup.clock.ms())
        how, before = self.voice.words("plain.decide.how", **self._decisions), -PAUSE_MS
        choices = {word.strip().casefold(): choice for choice, word in self._decisions.items()}
        while True:
            typed = self.lines.ask(how).strip().casefold()
            if (told := command(typed)) and told.name in ("s", "stop"):
                raise Stopped
            now = self._flow.startup.clock.ms()
            if self.lines.by_hand and not reading.over(now):
                reading = reading.disturbed(now)
                if now - before >= PAUSE_MS:  # once for all that was typed ahead, which must not push the notice away
                    self.say("plain.decide.too_early")
                before = now
            elif typed in choices:
                return choices[typed]
            else:
                self.say("plain.decide.which")

    def _help(self) -> None:
        """The commands; a patient hears of none that are for staff, and of no results that are still to come."""
        staff = not self.voice.patient
        ways = [way_said(code, self.voice) for code in MissingCode if staff or code != MissingCode.PENDING]
        self.say("plain.help" if staff else "plain.help_patient", ways=" ".join(ways))

    def _look_up(self, wanted: str) -> None:
        reference = self.session.content.reference
        if self.voice.patient or reference is None:
            self.say("plain.no_reference")
            return
        if self.session.hidden:
            self.say("veil.plain")
            return
        for line in reference_lines(reference, wanted, self.voice.words):
            self.lines.say(line)

    @property
    def _is_compared(self) -> bool:
        """Whether there is a comparison to speak of: never to a patient."""
        return not self.voice.patient and self.session.content.evidence is not None

    def _compare(self) -> None:
        if not self._is_compared:
            self.say("plain.no_compare")
            return
        compared = compare_session(self.session, kind="answers")
        for line in (coverage_text if self.session.hidden else comparison_text)(compared, self.voice.words):
            self.lines.say(line)
        if self.session.hidden:
            self.say("veil.plain")
        elif (known := self.session.known) is not None:
            last = last_text(self.voice.words, compared.evidence, known, self.session.last)
            self.say("panel.last", said=last)

    def _may_compare(self) -> bool:
        """Never for a patient, nor where nothing is compared, nor while it is hidden; which is said."""
        if not self._is_compared:
            self.say("plain.no_compare")
            return False
        if self.session.hidden:
            self.say("veil.plain")
        return not self.session.hidden

    def _hide(self) -> None:
        self.session.hide()
        self.say("veil.plain_hidden")

    def _lift(self) -> None:
        """Shows it again, once somebody has said so twice."""
        if self.session.hidden and self.ask("veil.plain_show").strip().lower() != self.voice.words("veil.plain_yes"):
            self.say("veil.plain")
            return
        self.session.lift()
        self.say("veil.plain_shown")

    def _sums(self) -> None:
        """How the sums came about; never to a patient, never in a blind sitting."""
        evidence, comparison = self.session.content.evidence, self.session.comparison
        if not self._may_compare() or evidence is None or comparison is None:
            return
        for line in sums_lines(evidence, comparison, self.voice.words):
            self.lines.say(line)

    def _elsewhere(self) -> None:
        """What points elsewhere, and what is still to be excluded; never to a patient, never in a blind sitting."""
        evidence = self.session.content.evidence
        if not self._may_compare() or evidence is None:
            return
        named = [one for one in self.session.look_alikes if one.standing in ("suggested", "remark")]
        if not named:
            self.say("plain.nothing_elsewhere")
        for one in named:
            for line in look_alike_lines(evidence, one, self.session.interview.response, self.voice.words):
                self.lines.say(line)
