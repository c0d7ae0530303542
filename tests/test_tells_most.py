"""What would tell most: the same as by changing one finding at a time, and quick with many findings."""

from collections import UserDict
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from builders import questionnaire
from evidences import SHIPPED
from msals_tui.evidence.comparison import sum_up
from msals_tui.evidence.tells_most import tells_most
from msals_tui.questionnaire.condition import FindingStatus
from msals_tui.questionnaire.response import Response
from sittings import CLOCK, shipped

TODAY = CLOCK.time.date()
STATUS = st.sampled_from(["observed", "excluded", "unknown"])


class _Counted(UserDict[str, FindingStatus]):
    """Statuses that count how often all of them are gone through."""

    copies = 0

    def __iter__(self) -> Iterator[str]:
        type(self).copies += 1
        return super().__iter__()


def test_what_a_finding_may_tell_is_worked_out_from_its_own_group_alone() -> None:
    asked = shipped().questionnaire("ms_als_intake")
    statuses = _Counted(dict.fromkeys(SHIPPED.findings, "unknown"))
    _Counted.copies = 0
    assert tells_most(SHIPPED, Response(asked, TODAY, {}), statuses, ())
    assert _Counted.copies == 0, "all statuses were copied for a finding"


@given(st.fixed_dictionaries(dict.fromkeys(SHIPPED.findings, STATUS)), st.sampled_from(sorted(SHIPPED.findings)))
def test_it_is_what_the_whole_sums_would_change_by(seen: dict[str, FindingStatus], name: str) -> None:
    seen = {**seen, name: "unknown"}
    asked = questionnaire(f'[[item]]\nid = "one"\ntype = "yes_no"\nyes.observes = ["{name}"]')
    one = SHIPPED.findings[name]
    chance = (one.chance["ms"] + one.chance["als"]) / 2
    now = sum(group.total_db for group in sum_up(SHIPPED, seen).groups)
    change = {
        status: abs(sum(group.total_db for group in sum_up(SHIPPED, {**seen, name: status}).groups) - now)
        for status in ("observed", "excluded")
    }
    expected = chance * change["observed"] + (1 - chance) * change["excluded"]
    told = tells_most(SHIPPED, Response(asked, TODAY, {}), seen, {"one"})
    assert told[0].expected_db == expected
