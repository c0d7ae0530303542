"""A machine of steps: it shows one, and what came of that leads to the next."""

from collections.abc import Callable
from typing import Literal, TypeAlias

from msals_tui.errors import MsalsError
from msals_tui.flow.steps import Event, Step, Work, Worked

Then: TypeAlias = Callable[[], Step]
"""Gives the step that comes next."""


class Machine:
    """Knows the step that is shown, and what to do with what comes of it."""

    def __init__(self, first: Step) -> None:
        self.step = first
        self._take: Callable[..., Step] = lambda *_: first

    def take(self, *events: Event) -> Step:
        """The step after what came of this one. At a question, several events are taken one after the other."""
        return self._take(*events)

    def show(self, step: Step, take: Callable[..., Step]) -> Step:
        """This step is next, and `take` says what comes after it."""
        self.step, self._take = step, take
        return step

    def work(
        self,
        about: Literal["records", "summary"],
        do: Callable[[], object],
        then: Callable[..., Step],
        otherwise: Callable[[MsalsError], Step],
    ) -> Step:
        """Something for a disk, and what comes of it: `then` with its result, `otherwise` with why there is none."""

        def run() -> Worked:
            try:
                return Worked(do())
            except MsalsError as fault:
                return Worked(fault=fault)

        def worked(event: Worked) -> Step:
            return then(event.result) if event.fault is None else otherwise(event.fault)

        return self.show(Work(about, run), worked)
