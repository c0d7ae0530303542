"""Somebody's hands on the keyboard: the moves of a walk as keys of the screen."""

from random import Random

from at_screen import Seat
from msals_tui.flow.open_answer import OpenAnswer
from msals_tui.questionnaire.answer import Answer, Missing, MissingCode
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.grid import Grid, GridItem
from msals_tui.questionnaire.kinds.group import ADD, GroupItem, Rows
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.kinds.text import Text, TextItem
from walks import AddRound, Decide, Give, Go, Keep, Move, NoMore, Open, Write

KEYS = {
    MissingCode.NOT_SURE: "f7", MissingCode.NOT_ASKED: "f8", MissingCode.DECLINED: "ctrl+d", MissingCode.PENDING: "ctrl+p",
}  # fmt: skip


class Hands:
    """Repeats moves with the keys of the screen."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.press = seat.press

    @property
    def open_answer(self) -> OpenAnswer:
        """What is chosen or written now."""
        return self.seat.app.screen.open_answer  # type: ignore[attr-defined]

    async def repeat(self, move: Move) -> None:
        """One move."""
        match move:
            case Give(item, answer, typed):
                await self.give(self.seat.session.interview.questionnaire.item(item), answer, typed)
            case AddRound(item, row, typed):
                group = self.seat.session.interview.questionnaire.item(item)
                assert isinstance(group, GroupItem)
                await self.press("1")
                inner = {one.id: one for one in group.items}
                for name, answer in row.answers:
                    await self.give(inner[name], answer, dict(typed)[name])
            case NoMore():
                await self.press("2", "enter")
            case Keep():
                if self.open_answer.pointer == ADD:  # after a round Enter would begin another
                    await self.press("2")
                await self.go_on()
            case Decide(choice):
                assert self.seat.page == "SafetyPage"
                await self.seat.decide(choice)
            case Go("back"):
                await self.press("escape")
            case Go("check"):
                await self.press("f2")
            case Go("undo"):
                await self.press("f5")
            case Go("redo"):
                await self.press("shift+f5")
            case Open(item):
                await self.open(item)
            case Write(_, text):
                await self.press("f4", "f7", "delete")
                await self.seat.paste(text)
                await self.press("f4")

    async def give(self, item: Item, answer: Answer, typed: str) -> None:
        """Answers the open question and goes on."""
        assert self.open_answer.item.id == item.id
        if isinstance(answer, Missing):
            if self.open_answer.missing != answer.code:
                await self.press(KEYS[answer.code])
        elif isinstance(answer, Grid):
            await self.mark(item, answer)
        elif isinstance(answer, Choice):
            await self.choose(item, frozenset(answer.codes))
        else:
            assert not isinstance(answer, Rows)
            await self.press(
                "end", "ctrl+end", "ctrl+u", *["ctrl+u", "backspace"] * self.open_answer.typed.count("\n"), "ctrl+u"
            )
            assert self.open_answer.typed == ""
            if isinstance(answer, Text) or len(typed) % 2:
                await self.seat.paste(answer.text if isinstance(answer, Text) else typed)
            else:
                await self.seat.type(typed)
        await self.go_on()

    async def mark(self, item: Item, answer: Grid) -> None:
        """Marks exactly these cells, row by row."""
        assert isinstance(item, GridItem)
        wanted = item.chosen_in(answer)
        for row, seen in answer.rows:
            own = frozenset(one for one in self.open_answer.chosen if one.startswith(f"{row}/"))
            aim = frozenset(f"{row}/{code}" for code in seen.codes) | {
                f"{row}/{mark}/{code}" for mark, code in seen.unknown
            }
            while own != aim:
                for _ in range(2 * len(item.entries(Rows(())))):
                    if (self.open_answer.pointer or "").startswith(f"{row}/"):
                        break
                    await self.press("down")
                extra = [one for one in sorted(own - aim) if one.count("/") == 1]
                if seen.unknown:
                    await self.press(KEYS[seen.unknown[0][1]])
                elif extra and item.several and set(seen.codes) != {item.normal}:
                    await self.press(str(item.codes.index(extra[0].split("/")[1]) + 1))
                else:
                    code = next(code for code in seen.codes if f"{row}/{code}" not in own)
                    await self.press(str(item.codes.index(code) + 1))
                own = frozenset(one for one in self.open_answer.chosen if one.startswith(f"{row}/"))
        assert self.open_answer.chosen >= wanted

    async def choose(self, item: Item, codes: frozenset[str]) -> None:
        """Marks exactly these options: by digit where they have one, otherwise with arrows and Space."""
        while self.open_answer.chosen != codes:
            code = next((one for one in sorted(codes - self.open_answer.chosen)), None) or min(
                self.open_answer.chosen - codes
            )
            after = item.picked(self.open_answer.chosen, code) if item.takes_several else frozenset({code})
            place = self.open_answer.entries.index(code) + 1
            if place <= 7 and len(code) % 2:
                await self.press(str(place))
            else:
                wander = Random(0)  # over the body arrows lead as the eye sees it, so that any way may be the one
                for _ in range(400):
                    if self.open_answer.pointer == code:
                        break
                    await self.press(wander.choice(["down", "down", "up", "left", "right"]))
                assert self.open_answer.pointer == code, f"no arrow leads to {code}"
                await self.press("space")
            assert self.open_answer.chosen == after

    async def go_on(self) -> None:
        """Enter, and yes where an unusual number is asked about; in a text of several lines its own key."""
        item = self.open_answer.item
        key = "ctrl+n" if isinstance(item, TextItem) and item.type == "long_text" else "enter"
        await self.press(key)
        if self.seat.page in ("QuestionScreen", "RoundScreen") and self.open_answer.doubt:
            await self.press("y", key)

    async def open(self, item: str) -> None:
        """To a question: from the check page with Enter on its line, from a question as a click beside it does."""
        if self.seat.page == "CheckPage":
            await self.press("home")
            for _ in self.seat.session.interview.questionnaire.items:
                if self.seat.app.screen.pointer == f"item:{item}":  # type: ignore[attr-defined]
                    break
                await self.press("down")
            await self.press("enter")
            assert self.seat.at == item
        else:
            here = self.seat.at
            self.seat.app.screen._go_to(item, come_back=item != here)  # type: ignore[attr-defined]
            await self.seat.quiet()
