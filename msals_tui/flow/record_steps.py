"""The steps from what is recorded to a sitting: the list of records, what can be done with one, and doing it.

Every way ends with a sitting, or goes back to where it came from.
"""

from collections.abc import Callable

from msals_tui.errors import MsalsError
from msals_tui.flow.machine import Machine, Then
from msals_tui.flow.steps import (
    RESUME,
    AllRecords,
    Chosen,
    Event,
    Look,
    OneRecord,
    Reason,
    Said,
    Step,
    Sure,
    Trouble,
)
from msals_tui.records.catalog import Catalog, Resumed
from msals_tui.records.overview import Listed


class RecordSteps:
    """Opens records for staff. What the disk refuses is said in a step of its own."""

    def __init__(self, machine: Machine, catalog: Catalog, take_up: Callable[[Resumed, Then], Step]) -> None:
        """`take_up` begins a sitting with a record that was opened."""
        self._machine, self._catalog, self._begin = machine, catalog, take_up

    def open(self, chosen: str, back: Then) -> Step:
        """What was chosen of what is offered: a draft to go on with (`resume:` and its id), or the list of all records."""
        if not chosen.startswith(RESUME):
            return self._list(back)
        intake = chosen.removeprefix(RESUME)
        one = self._found(intake)
        if isinstance(one, MsalsError):
            return self._trouble(one, back)
        if one.held_by or one.overview.other_version:
            return self._menu(intake, back)
        return self._go_on(one, back)

    def _list(self, back: Then, at: str = "") -> Step:
        """All records; `at` is the one to point at."""

        def chosen(event: Event) -> Step:
            if not isinstance(event, Chosen):
                return back()
            return self._menu(event.what, lambda: self._list(back, event.what))

        return self._work(
            lambda: tuple(self._catalog.all_listed()),
            lambda records: self._machine.show(AllRecords(records, at), chosen), back,
        )  # fmt: skip

    def _menu(self, intake: str, back: Then) -> Step:
        """What can be done with one record, as it stands now."""
        one = self._found(intake)
        if isinstance(one, MsalsError):
            return self._trouble(one, back)

        def again() -> Step:
            return self._menu(intake, back)

        def chosen(event: Event) -> Step:
            match event:
                case Chosen("look"):
                    return self._look(one, again)
                case Chosen("resume" | "correct" | "good"):
                    return self._go_on(one, again)
                case Chosen("carry_over"):
                    return self._sure(Sure("carry_over", one), lambda: self._carry_over(one, again), again)
                case Chosen("delete"):
                    return self._sure(Sure("delete", one), lambda: self._delete(one, again, back), again)
            return back()

        return self._machine.show(OneRecord(one, choices_for(one)), chosen)

    def _look(self, one: Listed, back: Then) -> Step:
        try:
            looked = self._catalog.looked(self._catalog.records.read(one.overview.id))
        except MsalsError as fault:
            return self._trouble(fault, back)
        return self._machine.show(Look(looked), lambda _: back())

    def _go_on(self, one: Listed, back: Then) -> Step:
        """Takes a record up; where that corrects a final, somebody says first why."""
        if not one.needs_reason:
            return self._take_up(one, None, back)

        def given(event: Event) -> Step:
            return self._take_up(one, event.text, back) if isinstance(event, Said) else back()

        return self._machine.show(Reason(), given)

    def _take_up(self, one: Listed, reason: str | None, back: Then) -> Step:
        def take_up() -> Resumed:
            resumed = self._catalog.resume(one.overview.id)
            if reason and (finals := resumed.recording.finals):
                resumed.recording.amend(finals[-1], reason)
            return resumed

        return self._work(take_up, lambda resumed: self._begin(resumed, back), back)

    def _carry_over(self, one: Listed, back: Then) -> Step:
        return self._work(
            lambda: self._catalog.carry_over(one.overview.id), lambda resumed: self._begin(resumed, back), back
        )

    def _delete(self, one: Listed, back: Then, gone: Then) -> Step:
        def delete() -> None:
            self._catalog.purge(self._catalog.records.read(one.overview.id))

        return self._work(delete, lambda _: gone(), back)

    def _sure(self, step: Sure, then: Then, back: Then) -> Step:
        return self._machine.show(step, lambda event: then() if event == Chosen(step.doing) else back())

    def _trouble(self, fault: MsalsError, back: Then) -> Step:
        return self._machine.show(Trouble(fault), lambda _: back())

    def _found(self, intake: str) -> Listed | MsalsError:
        """How a record stands now, or why that cannot be told."""
        try:
            return self._catalog.listed(self._catalog.records.read(intake))
        except MsalsError as fault:
            return fault

    def _work(self, do: Callable[[], object], then: Callable[..., Step], back: Then) -> Step:
        return self._machine.work("records", do, then, lambda fault: self._trouble(fault, back))


def choices_for(one: Listed) -> tuple[str, ...]:
    """What can be done with a record."""
    overview = one.overview
    if one.held_by:
        return ("look",)
    if overview.state == "moved" or not overview.questionnaire:
        return "look", "delete"
    if overview.other_version:
        return "look", "carry_over", "delete"
    if overview.state == "damaged":
        return "look", "good", "delete"
    return ("look", "correct", "delete") if one.needs_reason else ("resume", "look", "delete")
