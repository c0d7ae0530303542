"""`msals-tui compare`, `evaluate` and `replay`: what is made of cases, of one or of thousands of them."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from msals_tui.cli.saying import print_file, print_line, sentences
from msals_tui.errors import Filled, MsalsError, UsageFault

if TYPE_CHECKING:
    from msals_tui.session.replay import Replayed


def replay(arguments: Namespace) -> int:
    """Each file by itself: one that cannot be replayed is said, and the others go on."""
    from pathlib import Path

    from msals_tui.cli.many import Many
    from msals_tui.content.library import own_library
    from msals_tui.records.hand_over import refuse_taken, summary_text, write_text
    from msals_tui.session.options import STDOUT
    from msals_tui.session.replay import replay_file
    from msals_tui.text import for_screen

    library = own_library()
    many = Many(library)
    paths, output = many.files(arguments.files), Path(arguments.output)
    if len(paths) > 1 and not output.is_dir():
        raise UsageFault("several files make several summaries", hint="name a folder for them with -o")

    def replayed(path: str) -> tuple[str, "Replayed", str]:
        one = replay_file(path, library, arguments.questionnaire)
        return path, one, summary_text(one.session, library.words(one.language))

    def write(made: tuple[str, "Replayed", str]) -> None:
        path, one, text = made
        for sentence in one.remarks:
            many.remark(sentence)
        if arguments.output == STDOUT:
            print_file(text)
            return
        refuse_taken(arguments.output)
        try:
            write_text(one.session, text, output)
        except UsageFault as taken:
            if len(paths) == 1:
                raise
            # Which of the many it was is more to the point than which name was taken.
            hint = "give the case another id, or name another folder"
            raise UsageFault(
                Filled("{what}: {where}", what=taken.what, where=taken.where), where=for_screen(path), hint=hint
            ) from None

    return many.each(paths, replayed, write)


def compare(arguments: Namespace) -> int:
    """Each file by itself: one that cannot be read is said, and the others go on."""
    from msals_tui.cli.many import Many
    from msals_tui.content.library import own_library
    from msals_tui.report.comparison_json import comparison_line, error_line
    from msals_tui.report.comparison_text import comparison_text
    from msals_tui.session.compare_case import compare_file
    from msals_tui.session.options import DEFAULT_LANGUAGE
    from msals_tui.text import for_screen

    library = own_library()
    many = Many(library, telling=not sys.stdout.isatty())

    def compared(path: str) -> str:
        one = compare_file(path, library, arguments.questionnaire)
        if arguments.json:
            return comparison_line(one)
        words = library.words(DEFAULT_LANGUAGE)
        title = words("compared.title", file=for_screen(path), kind=words(f"compared.kind.{one.kind}"))
        return "\n".join((title, *(f"  {for_screen(line)}" for line in comparison_text(one, words))))

    def write(result: str) -> None:
        print_line(result)
        sys.stdout.flush()

    def refused(path: str, error: MsalsError) -> None:
        if arguments.json:
            write(error_line(path, sentences(error)))

    return many.each(many.files(arguments.files), compared, write, refused)


def evaluate(arguments: Namespace) -> int:
    """Each case by itself: what is wrong with one is said above the count of the others."""
    from pathlib import Path

    from msals_tui.cli.many import Many
    from msals_tui.content.library import own_library
    from msals_tui.evaluation.evaluate import evaluate as evaluated
    from msals_tui.evaluation.evaluation_json import evaluation_json
    from msals_tui.evaluation.evaluation_text import evaluation_text
    from msals_tui.session.options import DEFAULT_LANGUAGE
    from msals_tui.signals import undisturbed
    from msals_tui.text import for_screen

    library = own_library()
    many = Many(library)

    def work() -> None:
        # A signal ends it between two cases, so that what was counted until then can still be told.
        with undisturbed():
            folder = Path(arguments.folder)
            evaluation = evaluated(
                folder,
                library,
                say=many.refuse,
                remark=many.remark,
                step=many.step,
                stop=many.stop,
                passed_over=many.passed_over,
            )
            many.clear()
            if arguments.json:
                print_line(evaluation_json(evaluation))
                return
            for line in evaluation_text(evaluation, library.words(DEFAULT_LANGUAGE)):
                print_line(for_screen(line))

    return many.run(work)
