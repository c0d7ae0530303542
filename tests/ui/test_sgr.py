"""Whatever style was on, a switch leaves the next one on, in no more bytes than switching everything off and it on."""

from hypothesis import given
from hypothesis import strategies as st

from msals_tui.ui.terminal.sgr import PLAIN, switch
from pseudo_terminal import Cells

colours = st.sampled_from(["38;2;230;230;230", "38;2;18;18;18", "38;5;9", "39", "31", "97"])
behind = st.sampled_from(["48;2;18;18;18", "48;2;43;58;74", "48;5;233", "49", "47", "107"])
others = st.sampled_from(["1", "1;7", "1;4", "7", "4"])
known = st.lists(others, max_size=1).flatmap(
    lambda first: st.tuples(st.none() | colours, st.none() | behind).map(
        lambda two: f"\x1b[{';'.join([*first, *(one for one in two if one)]) or '39'}m"
    )
)
strange = st.sampled_from(["\x1b[1;22m", "\x1b[38;7m", "\x1b[53m"])
styles = st.just("") | known | strange


def on(*sequences: str) -> str:
    """What is on in a terminal that was sent these."""
    glass = Cells(4, 1)
    for sequence in sequences:
        assert glass.feed(sequence) == ""
    return glass.style


@given(st.lists(styles, min_size=1, max_size=6))
def test_a_terminal_is_in_the_same_style_as_after_a_reset(wanted: list[str]) -> None:
    sent, before = [], ""
    for style in wanted:
        sent.append(switch(before, style))
        assert on(*sent) == on(PLAIN, style)
        assert len(sent[-1]) <= len(PLAIN + style)
        before = style


def test_only_what_differs_is_said() -> None:
    dim, strong = "\x1b[38;2;166;166;166;48;2;18;18;18m", "\x1b[1;38;2;230;230;230;48;2;18;18;18m"
    assert switch(dim, strong) == "\x1b[1;38;2;230;230;230m"
    assert switch(strong, dim) == "\x1b[0;38;2;166;166;166;48;2;18;18;18m"
    assert switch(dim, dim) == switch("", "") == switch("", "\x1b[39;49m") == ""
    assert switch(dim, "") == PLAIN
