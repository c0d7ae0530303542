"""`msals-tui compare`, `evaluate` and `replay`: what is made of cases, of one or of thousands of them."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from msals_tui.cli.saying import print_file, print_line, sentences
from msals_tui.errors import MACHINE_FAILED, Filled, MsalsError, UsageFault

if TYPE_CHECKING:
    from pathlib import Path

    from msals_tui.session.replay import Replayed


def replay(arguments: Namespace) -> int:
    """Each file by itself: one that cannot be replayed is said, and the others go on."""
    from pathlib import Path

    from msals_tui.cli.many import Many
    from msals_tui.content.library import own_library
    from msals_tui.records.hand_over import refuse_taken, summary_text
    from msals_tui.session.options import DEFAULT_LANGUAGE, STDOUT
    from msals_tui.session.replay import replay_file
    from msals_tui.text import for_screen

    library = own_library()
    many = Many(library)
    paths, output = many.files(arguments.files), Path(arguments.output)
    words = library.words(DEFAULT_LANGUAGE)
    done: list[int] = []
    """Of each file, how many answers count."""
    if len(paths) > 1 and not output.is_dir():
        raise UsageFault("several files make several summaries", hint="name a folder for them with -o")

    def replayed(path: str) -> tuple[str, "Replayed", str]:
        one = replay_file(path, library, arguments.questionnaire)
        return path, one, summary_text(one.session, library.words(one.language))

    def write(made: tuple[str, "Replayed", str]) -> None:
        path, one, text = made
        for sentence in (*one.remarks, *one.not_asked):
            many.remark(sentence)
        if arguments.output == STDOUT:
            print_file(text)
        else:
            refuse_taken(arguments.output)
            _keep(one, text, output, path if len(paths) > 1 else None)
        done.append(len(one.session.interview.response.counting))
        if len(paths) == 1 or one.left_out:
            counted = one.said(words)
            many.remark(counted if len(paths) == 1 else f"{for_screen(path)}: {counted}")

    status = many.each(paths, replayed, write)
    if len(paths) > 1 and done and status <= MACHINE_FAILED:
        many.remark(words.some(len(done), "replay.all", kept=words.some(sum(done), "replay.kept")))
    return status


def _keep(one: "Replayed", text: str, output: "Path", of_many: str | None) -> None:
    """Writes a summary; `of_many` is the path of its case where there are several."""
    from msals_tui.records.hand_over import write_text
    from msals_tui.text import for_screen

    try:
        write_text(one.session, text, output)
    except UsageFault as taken:
        if of_many is None:
            raise
        # Which of the many it was is more to the point than which name was taken.
        hint = "give the case another id, or name another folder"
        raise UsageFault(
            Filled("{what}: {where}", what=taken.what, where=taken.where), where=for_screen(of_many), hint=hint
        ) from None


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
        one = compare_file(path, library, arguments.questionnaire, many.remark)
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
