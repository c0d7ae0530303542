"""The same few marks for several places, on one screen: muscles by region, signs that are there or not.

Each cell of the grid is marked, clear, or not known. A row of it reads like a question about one place, a column like a
question of which places carry one mark, and conditions and findings look at either.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from msals_tui.questionnaire.answer import Answer, Missing, MissingCode, Part, Plain, missing_label
from msals_tui.questionnaire.base import Code, Definition, Label
from msals_tui.questionnaire.condition import AnswerTest, Lookup, of_codes
from msals_tui.questionnaire.kinds.item import OF_ALL, OF_CODES, OF_ROWS, Item, Marks, Says
from msals_tui.questionnaire.problem import Loc, Nearest, Problem, duplicates, listed, shown
from msals_tui.questionnaire.words import Words

MOST_ROWS, MOST_MARKS = 12, 5
"""More do not fit on one screen, or have no key of their own."""
NONE = "none"
"""What a column without any mark is compared with, once all of it was looked at."""
OTHERS, COLUMN = "others", "column"
"""What can be pointed at beside the cells: the rest is normal; a mark was not looked for."""
_TOLD_APART = 3
"""Cells in a row of a grid that conditions can tell apart: clear, marked, not known."""
_MOST_REPRESENTATIVES = 200


class Seen(Answer, frozen=True):
    """What was seen in one row, or of one column: the marks that it carries, and those that nobody knows of."""

    codes: tuple[str, ...]
    unknown: tuple[tuple[str, MissingCode], ...] = ()

    @property
    def unknown_codes(self) -> tuple[str, ...]:
        """The codes of which nothing is known."""
        return tuple(code for code, _ in self.unknown)

    @property
    def row_count(self) -> int:
        """Of a column: how many rows carry the mark."""
        return 0 if self.codes == (NONE,) else len(self.codes)


class Grid(Answer, frozen=True):
    """What was seen in every row, in the order of the questionnaire."""

    rows: tuple[tuple[str, Seen], ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Every mark that some row carries."""
        return tuple(dict.fromkeys(code for _, seen in self.rows for code in seen.codes))

    def rounds(self, item: str) -> tuple[Mapping[str, Answer], ...]:
        """Each row in which something was seen, as the answer to the item itself."""
        return tuple({item: seen} for _, seen in self.rows if seen.codes)

    def part(self, part: Part) -> Answer | None:
        """The row, or the column, that a comparison looks at."""
        if part.row is not None:
            return next((_known(seen) for row, seen in self.rows if row == part.row), None)
        within = [(row, seen) for row, seen in self.rows if part.rows is None or row in part.rows]
        marked = tuple(row for row, seen in within if part.mark in seen.codes)
        unknown = tuple((row, code) for row, seen in within for mark, code in seen.unknown if mark == part.mark)
        return _known(Seen(marked, unknown)) if marked or unknown else Seen((NONE,))


def _known(seen: Seen) -> Answer:
    """What was seen; a way not to answer where nothing was."""
    return seen if seen.codes or not seen.unknown else Missing(seen.unknown[0][1])


class GridRow(Definition):
    """One place."""

    code: Code
    label: Label
    label_patient: Label | None = None

    def words_for(self, *, patient: bool) -> str:
        """Its words for this reader."""
        return self.label_patient or self.label if patient else self.label


class GridMark(GridRow):
    """What a place may carry."""

    normal: bool = False
    """It stands alone, and is what all others can be said to be at once."""
    rows: tuple[Code, ...] = ()
    """The places that can carry it; all where none is named."""


class Shows(Marks):
    """What one row or column shows: findings for one comparison with it, as in conditions."""

    row: Code | None = None
    mark: Code | None = None
    rows: tuple[Code, ...] | None = None
    is_: Code | None = None
    is_not: Code | None = None
    any_of: tuple[Code, ...] | None = None
    only: tuple[Code, ...] | None = None

    def test(self, item: str) -> AnswerTest:
        """The comparison as a condition. Raises ValueError if it is none."""
        return AnswerTest(
            item=item,
            row=self.row,
            mark=self.mark,
            rows=self.rows,
            is_=self.is_,
            is_not=self.is_not,
            any_of=self.any_of,
            only=self.only,
        )

    def __post_init__(self) -> None:
        """Raises ValueError if it does not look at one row or one column in exactly one way."""
        if (self.row is None) is (self.mark is None):
            raise ValueError("it looks at one row or at one mark")
        self.test("shown")

    def holds(self, answer: Answer) -> bool:
        """Whether its comparison is true of an answer."""
        part = answer.part(self)
        return part is not None and of_codes(self, part.codes, part.unknown_codes)

    def facts(self) -> dict[str, Any]:
        """Everything that a list of all items says of it."""
        looks = {"row": self.row, "mark": self.mark, "rows": self.rows, "is": self.is_, "is_not": self.is_not}
        looks |= {"any_of": self.any_of, "only": self.only}
        return {key: value for key, value in looks.items() if value is not None} | super().facts()


class GridItem(Item):
    """Rows by a few marks each. Rows that nobody looked at say nothing."""

    has_parts: ClassVar[bool] = True
    comparisons: ClassVar[tuple[str, ...]] = (*OF_CODES, *OF_ROWS, *OF_ALL)

    type: Literal["grid"]
    rows: Annotated[tuple[GridRow, ...], Meta(min_length=1)]
    marks: Annotated[tuple[GridMark, ...], Meta(min_length=2)]
    several: bool = True
    """Whether a row may carry several marks; one of them is then `normal`."""
    shows: tuple[Shows, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Its marks."""
        return tuple(mark.code for mark in self.marks)

    @property
    def takes_several(self) -> bool:
        """Always: rows are marked one after the other."""
        return True

    @property
    def normal(self) -> str | None:
        """The mark that all others can be said to be at once; None if there is none."""
        return next((mark.code for mark in self.marks if mark.normal), None)

    def marks_in(self, row: str) -> tuple[str, ...]:
        """The marks that a row can carry, `normal` too."""
        return tuple(mark.code for mark in self.marks if not mark.rows or row in mark.rows)

    def row_label(self, row: str, *, patient: bool) -> str:
        """The words of a row for this reader."""
        return next(one.words_for(patient=patient) for one in self.rows if one.code == row)

    def label(self, code: str, words: Words, *, patient: bool = False) -> str:
        """The words of a mark."""
        return next(one.words_for(patient=patient) for one in self.marks if one.code == code)

    # Files

    def read_value(self, value: object, today: date, outside: Lookup | None) -> Answer:
        """A table of rows: a mark, a list of marks, what is missing, or both. Rows that are left out were not looked at."""
        if not isinstance(value, Mapping) or not value:
            raise self.wrong(
                "needs a table of its rows", f'write for instance {{{self.rows[0].code} = "{self.codes[0]}"}}'
            )
        known = [row.code for row in self.rows]
        if unknown := next((row for row in value if row not in known), None):
            raise self.wrong(f'has no row "{shown(str(unknown))}"', f"it has {', '.join(known)}")
        seen = {row: self._read_row(row, value[row]) for row in known if row in value}
        return self.whole(seen)

    def _read_row(self, row: str, value: object) -> Seen:
        marks: object = value
        unknown: dict[str, MissingCode] = {}
        if isinstance(value, Mapping):
            marks = value.get("marks", ())
            for key, codes in value.items():
                if key == "missing":
                    missing = self.read_missing(codes)
                    unknown |= dict.fromkeys(self._unsaid(row), missing.code)
                elif key != "marks":
                    unknown |= dict.fromkeys(self._listed(row, codes), self.read_missing(key).code)
        found = self._listed(row, marks)
        if (not self.several and len(found) > 1) or (self.normal in found and len(found) > 1):
            raise self.wrong(f'has too many marks in row "{row}"', "name one mark")
        if unknown.keys() & set(found):
            raise self.wrong(f'says of row "{row}" that a mark is there and not known', "say one of the two")
        if not found and not set(self._unsaid(row)) <= unknown.keys():
            raise self.wrong(f'has no mark in row "{row}"', f"write one of {', '.join(self.marks_in(row))}")
        return self._seen(row, found, unknown)

    def _listed(self, row: str, value: object) -> tuple[str, ...]:
        """The marks of a row that a file names."""
        codes = (value,) if isinstance(value, str) else value
        offered = self.marks_in(row)
        if not isinstance(codes, tuple) or any(code not in offered for code in codes) or len({*codes}) != len(codes):
            raise self.wrong(f'names no mark of row "{row}"', f"write some of {', '.join(offered)}, each once")
        return codes

    def _unsaid(self, row: str) -> tuple[str, ...]:
        """The cells of a row that can be not known, `normal` left out."""
        return tuple(code for code in self.marks_in(row) if code != self.normal)

    def _seen(self, row: str, marks: "tuple[str, ...] | frozenset[str]", unknown: Mapping[str, MissingCode]) -> Seen:
        """A row in the questionnaire's own order, so that the same answer is always the same value."""
        cells = self.marks_in(row)
        gone = () if not self.several and marks else tuple((one, unknown[one]) for one in cells if one in unknown)
        return Seen(tuple(code for code in cells if code in marks), gone)

    def whole(self, seen: Mapping[str, Seen]) -> Answer:
        """The answer of these rows; the others were not looked at. Missing where nothing is known of any."""
        rows = {row.code: seen.get(row.code) or self._blank(row.code, MissingCode.NOT_ASKED) for row in self.rows}
        ways = {code for one in rows.values() for _, code in one.unknown}
        if len(ways) == 1 and not any(one.codes for one in rows.values()):
            return Missing(ways.pop())
        return Grid(tuple(rows.items()))

    def _blank(self, row: str, code: MissingCode) -> Seen:
        return Seen((), tuple((mark, code) for mark in self._unsaid(row)))

    def plain_value(self, answer: Answer) -> Plain:
        """A table of rows; those that were not looked at are left out."""
        return {row: self._plain_row(row, seen) for row, seen in rows_seen(answer) if not self._passed_over(row, seen)}

    def _passed_over(self, row: str, seen: Seen) -> bool:
        return seen == self._blank(row, MissingCode.NOT_ASKED)

    def _plain_row(self, row: str, seen: Seen) -> Plain:
        marks: Plain = list(seen.codes) if self.several and seen.codes != (self.normal,) else "".join(seen.codes)
        if not seen.unknown:
            return marks
        ways = dict.fromkeys(code for _, code in seen.unknown)
        if not seen.codes and len(ways) == 1:
            return {"missing": str(seen.unknown[0][1])}
        unknown: dict[str, Plain] = {str(way): [mark for mark, code in seen.unknown if code == way] for way in ways}
        return {**({"marks": marks} if seen.codes else {}), **unknown}

    # Words

    def said_value(self, answer: Answer, words: Words, *, patient: bool) -> str:
        """Rows with the same marks together; what most are comes last."""
        told: dict[str, list[str]] = {}
        for row, seen in rows_seen(answer):
            told.setdefault(self._row_words(row, seen, words, patient=patient), []).append(row)
        if len(told) == 1 and len(self.rows) > 1:
            return words("grid.all", marks=next(iter(told)))
        parts = []
        rest = self._row_words("", Seen((self.normal,)), words, patient=patient) if self.normal else ""
        for marks, rows in told.items():
            if marks != rest or len(rows) == 1:
                names = ", ".join(self.row_label(row, patient=patient) for row in rows)
                parts.append(words("grid.some", rows=names, marks=marks))
        if len(told.get(rest, ())) > 1:
            parts.append(words("grid.others", marks=rest))
        return "; ".join(parts)

    def _row_words(self, row: str, seen: Seen, words: Words, *, patient: bool) -> str:
        def named(codes: "Iterator[str] | tuple[str, ...]") -> str:
            return ", ".join(self.label(code, words, patient=patient) for code in codes)

        ways = dict.fromkeys(code for _, code in seen.unknown)
        if not seen.codes and len(ways) == 1:
            return missing_label(seen.unknown[0][1], words, patient=patient)
        unknown = "; ".join(
            words(
                "grid.unknown",
                marks=named(mark for mark, code in seen.unknown if code == way),
                why=missing_label(way, words, patient=patient),
            )
            for way in ways
        )
        said = named(seen.codes)
        return f"{said} ({unknown})" if said and unknown else said or unknown

    def told(self, answer: Answer, words: Words, *, patient: bool = False) -> tuple[str, ...]:
        """Each row that carries a mark, or of which something is not known."""
        return tuple(
            words(
                "grid.some",
                rows=self.row_label(row, patient=patient),
                marks=self._row_words(row, seen, words, patient=patient),
            )
            for row, seen in rows_seen(answer)
            if seen.codes != (self.normal,) or seen.unknown
        )

    def summed_up(self, answer: Answer, words: Words) -> dict[str, Any]:
        """Every row by its code, with its words."""
        if not isinstance(answer, Grid):
            return super().summed_up(answer, words)
        return {
            "row": {
                row: {
                    "row": self.row_label(row, patient=False),
                    "answer": self._row_words(row, seen, words, patient=False),
                    "codes": list(seen.codes),
                }
                for row, seen in answer.rows
            }
        }

    def choices(self, words: Words) -> Iterator[tuple[str, str]]:
        """Rows, then marks."""
        yield from ((row.code, row.label) for row in self.rows)
        yield from super().choices(words)

    def facts(self, words: Words) -> dict[str, Any]:
        """Rows, marks, and what they show."""
        return {
            "several": self.several,
            "rows": [{"code": one.code, "label": one.label, "label_patient": one.label_patient} for one in self.rows],
            "marks": [
                {
                    "code": one.code,
                    "label": one.label,
                    "label_patient": one.label_patient,
                    **({"normal": True} if one.normal else {}),
                    **({"rows": one.rows} if one.rows else {}),
                }
                for one in self.marks
            ],
            "shows": self.shows,
        }

    @property
    def wording(self) -> list[Any]:
        """Its rows and marks too."""
        parts = [[(one.code, one.label, one.label_patient) for one in some] for some in (self.rows, self.marks)]
        return [*super().wording, *parts]

    # Findings

    def named_marks(self) -> Iterator[tuple[Loc, Marks]]:
        """What its rows and columns show."""
        yield from ((("shows", number), one) for number, one in enumerate(self.shows))

    def labelled_marks(self, words: Words) -> Iterator[tuple[str, Marks]]:
        """The same with the words of what is looked at."""
        for one in self.shows:
            codes = (*(code for code in (one.is_, one.is_not) if code), *(one.any_of or ()), *(one.only or ()))
            names = ", ".join(self._code_label(code, words, of_row=one.row is not None) for code in codes)
            place = self.row_label(one.row, patient=False) if one.row else self.label(one.mark or "", words)
            yield words("grid.not" if one.is_not else "grid.some", rows=place, marks=names), one

    def _code_label(self, code: str, words: Words, *, of_row: bool) -> str:
        if of_row:
            return self.label(code, words)
        return words("grid.none") if code == NONE else self.row_label(code, patient=False)

    def marks_met(self, answer: Answer) -> Iterator[Marks]:
        """What holds of its rows and columns."""
        yield from (one for one in self.shows if one.holds(answer))

    # An answer in the making: "row/mark" is marked, "row/mark/code" is not known

    def entries(self, rows: Answer) -> tuple[str, ...]:
        """Its cells and what leaves a row open, row by row; the rest normal; marks that were not looked for."""
        cells = (entry for line in self.lines() for entry in line)
        return (*cells, *(f"{row.code}/{code}" for row in self.rows for code in self.missing_codes))

    def keyed(self, key: str, pointer: str | None) -> str | None:
        """A mark of the row that is pointed at."""
        row, _, _ = (pointer or f"{self.rows[0].code}/").partition("/")
        if not any(one.code == row for one in self.rows):
            return None
        code = dict(zip("12345", self.codes, strict=False)).get(key)
        return f"{row}/{code}" if code in self.marks_in(row) else None

    def worded(self, says: Says) -> str | None:
        """For no, that the rest is normal."""
        return OTHERS if says == "no" and self.normal else None

    def missing_entry(self, code: MissingCode, pointer: str | None) -> str:
        """The row that is pointed at is left open; all of it where no row is."""
        row, _, _ = (pointer or "").partition("/")
        return f"{row}/{code}" if any(one.code == row for one in self.rows) else code

    def picked(self, chosen: frozenset[str], entry: str) -> frozenset[str]:
        """A cell more or less; a row left open; the rest normal; a mark that nobody looked for."""
        row, _, code = entry.partition("/")
        if entry == OTHERS:
            return chosen | {f"{one.code}/{self.normal}" for one in self.rows if not self._answered(chosen, one.code)}
        if row == COLUMN:
            return self._column_picked(chosen, code)
        own = frozenset(one for one in chosen if one.startswith(f"{row}/"))
        if code in self.missing_codes:
            blank = frozenset(f"{row}/{mark}/{code}" for mark in self._unsaid(row))
            return chosen - own | (frozenset() if own == blank else blank)
        if entry in chosen:
            return chosen - {entry}
        marks = frozenset(one for one in own if one.count("/") == 1)
        if not self.several:
            return chosen - own | {entry}
        if code == self.normal:
            open_row = not marks and self._answered(chosen, row)
            return chosen - (own if open_row else marks) | {entry}
        unknown = frozenset(one for one in own if one.startswith(f"{entry}/"))
        return chosen - unknown - {f"{row}/{self.normal}"} | {entry}

    def pointed_after(self, entry: str) -> str:
        """The next row where one key answers a row."""
        row, _, code = entry.partition("/")
        rows = [one.code for one in self.rows]
        if row not in rows or (self.several and code in self.codes):
            return entry
        below = rows[min(rows.index(row) + 1, len(rows) - 1)]
        offered = self.marks_in(below)
        return f"{below}/{code if code in offered else offered[0]}"

    def lines(self) -> tuple[tuple[str, ...], ...]:
        """What stands on each line of the grid, from the top: the cells of a row, the rest normal, marks not looked for."""
        rows = [tuple(f"{row.code}/{mark}" for mark in self.marks_in(row.code)) for row in self.rows]
        columns = tuple(f"{COLUMN}/{mark.code}" for mark in self.marks if self.several and not mark.normal)
        return (*rows, *([(OTHERS,)] if self.normal else []), *([columns] if columns else []))

    def _column_picked(self, chosen: frozenset[str], mark: str) -> frozenset[str]:
        passed = self.passed_over(chosen, mark)
        cells = {one.rpartition("/")[0] for one in passed}
        known = frozenset(one for one in chosen if one.rpartition("/")[0] in cells)
        return chosen - passed if passed and passed <= chosen else chosen - known | passed

    def passed_over(self, chosen: frozenset[str], mark: str) -> frozenset[str]:
        """What says of a mark that nobody looked for it, in every row that does not carry it."""
        cells = (f"{row.code}/{mark}" for row in self.rows if mark in self.marks_in(row.code))
        return frozenset(f"{cell}/{MissingCode.NOT_ASKED}" for cell in cells if cell not in chosen)

    def _answered(self, chosen: frozenset[str], row: str) -> bool:
        """Whether a row carries a mark, or is left open on purpose."""
        own = [one.split("/")[1:] for one in chosen if one.startswith(f"{row}/")]
        return any(len(one) == 1 for one in own) or {one[0] for one in own} >= {*self._unsaid(row)}

    def left_open(self, chosen: frozenset[str]) -> int:
        """Rows that nobody marked or left open on purpose."""
        return sum(not self._answered(chosen, row.code) for row in self.rows)

    def seen_in(self, chosen: frozenset[str], row: str) -> Seen:
        """A row as it stands in the making."""
        own = [one.split("/")[1:] for one in chosen if one.startswith(f"{row}/")]
        unknown = {one[0]: MissingCode(one[1]) for one in own if len(one) > 1}
        return self._seen(row, tuple(one[0] for one in own if len(one) == 1), unknown)

    def with_row(
        self, chosen: frozenset[str], row: str, marks: tuple[str, ...], unknown: Mapping[str, MissingCode]
    ) -> frozenset[str]:
        """The same with another row: these marks in it, and those of which nothing is known."""
        others = frozenset(one for one in chosen if not one.startswith(f"{row}/"))
        cells = {f"{row}/{mark}/{code}" for mark, code in unknown.items() if mark in self._unsaid(row)}
        return others | cells | {f"{row}/{mark}" for mark in marks}

    def row_said(self, row: str, chosen: frozenset[str], words: Words, *, patient: bool) -> str:
        """A row in the making in words; "" where it has no answer yet."""
        return self._row_words(row, self.seen_in(chosen, row), words, patient=patient)

    def made(self, chosen: frozenset[str], rows: Answer) -> Answer | None:
        """Every row that was marked or left open; None if there is none."""
        seen = {row.code: self.seen_in(chosen, row.code) for row in self.rows if self._answered(chosen, row.code)}
        return self.whole(seen) if seen else None

    def chosen_in(self, answer: Answer) -> frozenset[str]:
        """The cells of an answer; rows that were not looked at are untouched again."""
        marks = [f"{row}/{code}" for row, seen in rows_seen(answer) for code in seen.codes]
        unknown = [
            f"{row}/{mark}/{code}"
            for row, seen in rows_seen(answer)
            if not self._passed_over(row, seen)
            for mark, code in seen.unknown
        ]
        return frozenset((*marks, *unknown))

    # Checks

    def problems(self, loc: Loc, *, in_round: bool) -> Iterator[Problem]:
        """Rows and marks without words, twice or too many; more than one normal mark; findings of what is not there."""
        for name, parts, most in (("rows", self.rows, MOST_ROWS), ("marks", self.marks, MOST_MARKS)):
            for number, one in enumerate(parts):
                if not one.label.strip():
                    where, what = (*loc, name, number, "label"), f'"{one.code}" in {name} has no words'
                    yield Problem(where, self.id, "NO_WORDS", what, "write what a person can read")
                if one.code in (NONE, OTHERS, COLUMN, *MissingCode):
                    what = f'"{one.code}" in {name} means something else in grids'
                    yield Problem((*loc, name, number, "code"), self.id, "RESERVED_CODE", what, "choose another", True)
            if len(parts) > most:
                what = f"has {len(parts)} {name}, and more than {most} cannot be asked on one screen"
                yield Problem((*loc, name), self.id, "TOO_MANY_OPTIONS", what, "make two grids of it", blocks=True)
            places = ((one.code, (*loc, name, number, "code")) for number, one in enumerate(parts))
            for twice in duplicates(places, name.removesuffix("s")):
                yield Problem(twice.loc, self.id, "DUPLICATE_OPTION", twice.what, "give this one another code", True)
        normal = [number for number, mark in enumerate(self.marks) if mark.normal]
        if len(normal) > 1:
            what = "has more than one normal mark"
            yield Problem((*loc, "marks", normal[1], "normal"), self.id, "TWO_NORMAL", what, "keep one", blocks=True)
        if self.several and not normal:
            what = "has no mark for a row in which nothing is seen"
            yield Problem((*loc, "marks"), self.id, "NO_NONE_OPTION", what, "add one with normal = true", blocks=True)
        yield from self._place_problems(loc)

    def _place_problems(self, loc: Loc) -> Iterator[Problem]:
        """Rows and marks that are named and not there."""
        known = tuple(row.code for row in self.rows)
        nearest = Nearest()
        for number, mark in enumerate(self.marks):
            for row in mark.rows:
                if row not in known:
                    hint = nearest.hint(row, known, f"it has {listed(known)}")
                    where = (*loc, "marks", number, "rows")
                    yield Problem(where, self.id, "UNKNOWN_OPTION", f'has no row "{row}"', hint, blocks=True)
        for row in known:
            if not self._unsaid(row):
                what = f'no mark but the normal one can stand in row "{row}"'
                yield Problem((*loc, "rows"), self.id, "UNREACHABLE", what, "let a mark stand there", blocks=True)
        for number, one in enumerate(self.shows):
            yield from self.test_problems(one.test(self.id), (*loc, "shows", number), self.id, nearest)

    def test_problems(self, test: AnswerTest, loc: Loc, place: str, nearest: Nearest) -> Iterator[Problem]:
        """A comparison with a row, a mark or a code that it does not have."""
        known = tuple(row.code for row in self.rows)
        if test.rows_at_least is not None and test.mark is None:
            what, hint = f'counts rows of "{self.id}" without saying of which mark', "write mark = ..."
            yield Problem((*loc, test.name), place, "WRONG_TEST", what, hint, blocks=True)
            return
        offered = self.codes
        if test.row is not None:
            offered = self.marks_in(test.row)
        elif test.mark is not None:
            carrying = tuple(row for row in known if test.mark in self._unsaid(row))
            offered = (*(row for row in carrying if test.rows is None or row in test.rows), NONE)
        named = [("row", test.row, known), ("mark", test.mark, self.codes)]
        named += [("rows", row, known) for row in test.rows or ()]
        named += [(test.name, code, offered) for code in test.codes]
        for key, code, possible in named:
            if code is not None and code not in possible:
                hint = nearest.hint(code, possible, f"it offers {listed(possible)}")
                what = f'waits for "{code}", which "{self.id}" does not offer'
                yield Problem((*loc, key), place, "UNKNOWN_OPTION", what, hint, blocks=True)
                return

    def representatives(self, tests: tuple[AnswerTest, ...]) -> tuple[Answer, ...] | None:
        """Every way in which the cells that tests look at can be clear, marked or not known; None if these are too many."""
        cells = tuple(dict.fromkeys(cell for test in tests for cell in self._looked_at(test, tests)))
        if _TOLD_APART ** len(cells) > _MOST_REPRESENTATIVES:
            return None
        ways = (dict(zip(cells, states, strict=True)) for states in product((False, True, None), repeat=len(cells)))
        return tuple(dict.fromkeys(answer for way in ways if isinstance(answer := self._standing_for(way), Grid)))

    def tries(self, tests: Mapping[str, tuple[AnswerTest, ...]]) -> Iterator[Answer]:
        """Nothing seen, everything seen, each mark in all of its rows, all of a row, and each cell that matters by itself.

        What else there is in the grid is clear then, or was not looked at.
        """
        looking = (*tests.get(self.id, ()), *(one.test(self.id) for one in self.shows))
        mattering = dict.fromkeys(cell for test in looking for cell in self._looked_at(test, looking))
        cells = [(row.code, mark) for row in self.rows for mark in self._unsaid(row.code)]
        whole = [set[tuple[str, str]](), set(cells)]
        whole += [{cell for cell in cells if cell[1] == mark} for mark in self.codes]
        whole += [{cell for cell in cells if cell[0] == row} for row in dict.fromkeys(row for row, _ in mattering)]
        for seen in (*whole, *({cell} for cell in mattering)):
            for rest in (False, None):
                answer = self._standing_for({cell: cell in seen or rest for cell in cells})
                if isinstance(answer, Grid):
                    yield answer

    def _looked_at(self, test: AnswerTest, tests: tuple[AnswerTest, ...]) -> Iterator[tuple[str, str]]:
        """Cells that matter to a comparison; of a column those that tests of it name, and one of the others."""
        rows = [row.code for row in self.rows if test.row in (None, row.code)]
        if test.mark is not None:
            column = [row for row in rows if test.mark in self._unsaid(row) and (test.rows is None or row in test.rows)]
            named = {code for one in tests for code in one.codes}
            rows = [*(row for row in column if row in named), *[row for row in column if row not in named][:1]]
        elif test.row is None and not test.codes:
            rows = []
        yield from ((row, mark) for row in rows for mark in self._unsaid(row) if test.mark in (None, mark))

    def _standing_for(self, way: Mapping[tuple[str, str], bool | None]) -> Answer:
        """The answer with these cells marked, clear or not known; all others are clear."""
        seen, by_row = {}, dict[str, dict[str, bool | None]]()
        for (of, mark), state in way.items():
            by_row.setdefault(of, {})[mark] = state
        for row in self.rows:
            cells = by_row.get(row.code, {})
            marks = frozenset(mark for mark, state in cells.items() if state)
            unknown = {mark: MissingCode.NOT_SURE for mark, state in cells.items() if state is None}
            if not self.several and marks:
                marks = frozenset(sorted(marks)[:1])
            if not marks and not unknown.keys() >= {*self._unsaid(row.code)}:
                marks = frozenset({self.normal or self._unsaid(row.code)[0]})
            seen[row.code] = self._seen(row.code, marks, unknown)
        return self.whole(seen)


def rows_seen(answer: Answer) -> tuple[tuple[str, Seen], ...]:
    """What was seen in each row of an answer; nothing where it is none of a grid."""
    return answer.rows if isinstance(answer, Grid) else ()
