"""Many files in one process, each by itself: what is wrong with one is said, and the others go on.

Ctrl-C, TERM and HUP end it between two results, never within one: what was handed over until then is whole.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from msals_tui.cli.progress import Progress
from msals_tui.cli.saying import say, say_error
from msals_tui.errors import DONE, FAULTY_INPUT, MsalsError
from msals_tui.signals import Ended, asked_to_end, end_in_time, undisturbed, until_a_signal

if TYPE_CHECKING:
    from msals_tui.content.library import Library
    from msals_tui.questionnaire.words import Words

T = TypeVar("T")


class Many:
    """The way through many files: how far it is, what is wrong, and the exit status of it all."""

    def __init__(self, library: "Library", *, telling: bool = True) -> None:
        """`telling` is whether a terminal is told how far it is: not where results already run down it."""
        self._library = library
        self._telling = telling
        self._progress = Progress(sys.stderr, self._words)
        self._status = DONE
        self._done = self._begun = self._of = 0

    def _words(self) -> "Words":
        from msals_tui.session.options import DEFAULT_LANGUAGE

        return self._library.words(DEFAULT_LANGUAGE)

    def files(self, given: Sequence[str]) -> list[str]:
        """Files as they were named, and those of folders; a folder without any is said."""
        from msals_tui.content.case_files import cases_at

        found: list[str] = []
        for path in given:
            try:
                cases = cases_at(path)
            except MsalsError as error:
                self.refuse(error)
                continue
            found += cases.names
            if cases.passed_over:
                self.passed_over(path, cases.passed_over)
        return found

    def passed_over(self, folder: str, others: Mapping[str, int]) -> None:
        """Says how many files of a folder are no cases, by their ending."""
        from msals_tui.text import for_screen

        words = self._words()
        named = {"": words("many.without_ending"), ".": words("many.hidden"), "/": words("many.folders")}
        kinds = ", ".join(f"{named.get(ending) or for_screen(ending)} {count}" for ending, count in others.items())
        count = sum(others.values())
        self.remark(words("many.passed_over", folder=for_screen(folder), count=count, kinds=kinds))

    def run(self, work: Callable[[], object]) -> int:
        """Does it, and returns the exit status; a signal ends it, and one sentence says how far it came."""
        try:
            with until_a_signal():
                work()
        except Ended as ended:
            end_in_time(ended.status)
            if self._of > 1:
                self.remark(self._words()("many.stopped", done=self._done, of=self._of))
            return ended.status
        finally:
            self.clear()
        return self._status

    def each(
        self,
        paths: Sequence[str],
        make: Callable[[str], T],
        hand_over: Callable[[T], None],
        refused: Callable[[str, MsalsError], None] | None = None,
    ) -> int:
        """Makes a result of every file and hands it over before the next; `refused` hears of files that have none."""

        def work() -> None:
            for number, path in enumerate(paths, 1):
                self.step(number, len(paths))
                try:
                    made = make(path)
                    with undisturbed():
                        hand_over(made)
                        self._done = number
                except MsalsError as error:
                    with undisturbed():
                        self.refuse(error)
                        if refused is not None:
                            refused(path, error)
                        self._done = number

        return self.run(work)

    def clear(self) -> None:
        """Takes away the line that says how far it is, so that something else can be said."""
        self._progress.clear()

    def step(self, number: int, of: int) -> None:
        """File `number`, counted from 1, begins; those before it are done."""
        self._done, self._begun, self._of = number - 1, number, of
        if self._telling:
            self._progress.step(number, of)

    def stop(self) -> bool:
        """Whether a signal came while undisturbed; to be asked between two files."""
        self._done = self._begun
        return asked_to_end()

    def refuse(self, error: MsalsError) -> None:
        """Says what is wrong with one; the exit status is that of the worst."""
        self.clear()
        self._status = max(self._status, say_error(error))

    def remark(self, sentence: str) -> None:
        """Says what is no fault."""
        self.clear()
        say(sentence)

    def found(self, sentence: str) -> None:
        """Says a fault that was looked for."""
        self.remark(sentence)
        self._status = max(self._status, FAULTY_INPUT)
