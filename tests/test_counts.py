"""Known, not known and not asked about add up to what there is, and are the same wherever they are said."""

import re
import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from at_screen import seated
from evidences import evidence, finding
from msals_tui.evidence.coverage import Counted, count_findings
from msals_tui.interview.events import Answered
from msals_tui.questionnaire.answer import Missing, MissingCode
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.session.load_content import load_content
from msals_tui.session.session import Session
from msals_tui.ui.drawing.glyphs import UNICODE
from msals_tui.ui.views.balance import balance_rows
from msals_tui.ui.views.panel import panel_rows, strip_rows
from sittings import CLOCK, english, lines, script, shipped, sitting, toml
from walks import walk

ASKED = "\n".join(
    f'[[item]]\nid = "{one}"\ntype = "yes_no"\nyes.observes = ["{one}"]\nno.excludes = ["{one}"]' for one in "abcdef"
)
WEIGHED = evidence(*(finding(f"{one} pain 3 -1") for one in "abcdef"))


def counts(session: Session) -> Counted:
    """What the sitting counts."""
    assert session.content.evidence is not None
    return count_findings(session.content.evidence, session.findings)


def test_a_value_is_known_what_was_asked_in_vain_is_not_and_what_was_passed_over_was_not_asked() -> None:
    session = sitting(ASKED, evidence=WEIGHED)
    answers = [
        Choice(("yes",)),
        *(Missing(code) for code in (MissingCode.NOT_SURE, MissingCode.DECLINED, MissingCode.NOT_ASKED)),
    ]
    for item, answer in zip("abcd", answers, strict=True):
        session.post(Answered(item, answer))
    assert counts(session) == Counted(known=1, not_known=2, not_asked=3)


@given(st.data())
@settings(max_examples=12, deadline=None)
def test_on_any_walk_they_add_up_and_are_the_same_in_panel_strip_sheet_plain_and_summary(draw: st.DataObject) -> None:
    session = Session(load_content(shipped(), "ms_als_intake"), CLOCK)
    walk(draw, session, most=draw.draw(st.integers(0, 60)))
    known = counts(session)
    numbers = [known.known, known.not_known, known.not_asked]
    assert sum(numbers) == known.total == len([one for one in session.findings if one in shipped().evidence.findings])
    words = english()
    said = words("panel.counts", total=known.total, known=numbers[0], not_known=numbers[1], not_asked=numbers[2])
    panel = _text(panel_rows(session, words, UNICODE, 36, 60))
    assert f"Asked about, of {known.total} findings" in panel
    for shown in (panel, _text(strip_rows(session, words, UNICODE, 110))):
        [found] = re.findall(r"known (\d+) \? not known (\d+) not asked (\d+)", shown)
        assert [int(one) for one in found] == numbers
    for width in (60, 80):  # where not all of them fit, none is cut in two
        shown = strip_rows(session, words, UNICODE, width)[-1]
        assert sum(len(span.text) for span in shown) <= width
        whole = re.findall(
            r"(?:^|  )(?:known|\? not known|not asked) (\d+)(?=  |$)", "".join(span.text for span in shown)
        )
        assert [int(one) for one in whole] == numbers[: len(whole)]
    assert said in _text(balance_rows(session, words, UNICODE, 100, None))
    summary = tomllib.loads(toml(session))["finding_unknown"]
    assert summary["says"] == said
    assert [len(summary["not_known"]), len(summary["not_asked"])] == numbers[1:]


def _text(rows: list[tuple[object, ...]]) -> str:
    return " ".join(" ".join("".join(span.text for span in spans) for spans in rows).split())  # type: ignore[attr-defined]


def test_line_by_line_they_are_said_too() -> None:
    said = script(sitting(ASKED, evidence=WEIGHED), lines("1", ":8", ":v"))
    assert (
        "Of 6 findings that the questions can show, 1 are known, 1 were asked about and are not known, 4 were not"
        in said
    )


async def test_a_question_that_was_passed_over_counts_as_not_asked_on_the_screen() -> None:
    async with seated(ASKED, evidence=WEIGHED, size=(120, 40)) as seat:
        await seat.press("f8", "enter")
        assert seat.reads("known 0  ? not known 0  not asked 6")
