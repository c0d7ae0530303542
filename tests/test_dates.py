"""Dates as people say them: what is understood, what is asked, and what is refused with its reason. It is 1 December 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msals_tui.questionnaire.base import as_tuples
from msals_tui.questionnaire.dates.checks import date_word_problems
from msals_tui.questionnaire.dates.feasts import easter
from msals_tui.questionnaire.dates.occasion import Occasion
from msals_tui.questionnaire.dates.reading import read_date
from msals_tui.questionnaire.dates.said import describe_date, understood
from msals_tui.questionnaire.dates.value import PARTS, SEASONS, UNITS, PartialDate, is_canonical, lies_ahead
from msals_tui.questionnaire.words import Words
from sittings import english, shipped

TODAY = date(2026, 12, 1)
"""A Tuesday."""
NOW = Occasion.on(TODAY)
OF_41 = Occasion(TODAY, TODAY, (date(1984, 12, 2), date(1985, 12, 1)))
"""Said by somebody who is 41."""


def read(text: str, occasion: Occasion = NOW) -> tuple[str, ...]:
    """The canonical forms of everything that a text can be."""
    return tuple(when.text for when in read_date(text, english(), occasion).dates)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("today", "2026-12-01"),
        ("Yesterday", "2026-11-30"),
        ("the day before yesterday", "2026-11-29"),
        ("last night", "2026-11-30"),
        ("on Tuesday", "2026-11-24"),
        ("last Monday", "2026-11-30"),
        ("last week", "2026-11-22..2026-11-29"),
        ("this week", "2026-11-29..2026-12-01"),
        ("the week before last", "2026-11-15..2026-11-22"),
        ("last month", "2026-11"),
        ("the month before last", "2026-10"),
        ("this month", "2026-12"),
        ("last year", "2025"),
        ("year before last", "2024"),
        ("last summer", "2026-summer"),
        ("this summer", "2026-summer"),
        ("summer before last", "2025-summer"),
        ("summer last year", "2025-summer"),
        ("last fall", "2026-autumn"),
        ("last winter", "2025-12..2026-02"),
        ("winter 2019/20", "2019-12..2020-02"),
        ("a year ago", "1 years ago"),
        ("one week ago", "1 weeks ago"),
        ("two months ago", "2 months ago"),
        ("twenty-two years ago", "22 years ago"),
        ("half a year ago", "6 months ago"),
        ("1/2 a year ago", "6 months ago"),
        ("a year and a half ago", "18 months ago"),
        ("1.5 years ago", "18 months ago"),
        ("a month and a half ago", "1-2 months ago"),
        ("a fortnight ago", "2 weeks ago"),
        ("a couple of weeks ago", "few weeks ago"),
        ("this time last year", "1 years ago"),
        ("a year or so ago", "1 years ago"),
        ("3½ years ago", "42 months ago"),
        ("6mo", "6 months ago"),
        ("3 hours ago", "0-1 days ago"),
        ("less than a year ago", "0-1 years ago"),
        ("within the last 3 months", "0-3 months ago"),
        ("mid-March", "2026-03-mid"),
        ("the 5th", "2026-11-05"),
        ("the first of May", "2026-05-01"),
        ("May twenty-second", "2026-05-22"),
        ("2018/19", "2018..2019"),
        ("2018/2019", "2018..2019"),
        ("probably 2019", "about 2019"),
        ("a few days ago", "few days ago"),
        ("several years ago", "few years ago"),
        ("a decade ago", "8-12 years ago"),
        ("2-3 weeks ago", "2-3 weeks ago"),
        ("2 or 3 years ago", "2-3 years ago"),
        ("between 4 and 5 months ago", "4-5 months ago"),
        ("for 3 months", "3 months ago"),
        ("3 months", "3 months ago"),
        ("for the last 3 months", "3 months ago"),
        ("for about a year", "1 years ago"),
        ("nearly two years", "2 years ago"),
        ("2 weeks or so", "2 weeks ago"),
        ("since March", "2026-03"),
        ("in December", "2026-12"),
        ("last December", "2025-12"),
        ("last May", "2026-05"),
        ("May last year", "2025-05"),
        ("last year in May", "2025-05"),
        ("in 2024", "2024"),
        ("the year 2024", "2024"),
        ("early 2022", "2022-early"),
        ("mid-2022", "2022-mid"),
        ("the middle of 2022", "2022-mid"),
        ("late 2022", "2022-late"),
        ("the end of last year", "2025-late"),
        ("early March 2022", "2022-03-early"),
        ("end of March 2022", "2022-03-late"),
        ("late summer 2023", "about 2023-08"),
        ("the first half of 2022", "2022-01..2022-06"),
        ("the 90s", "1990..1999"),
        ("in the early nineties", "1990..1993"),
        ("17 May", "2026-05-17"),
        ("17 December", "2025-12-17"),
        ("May 17th", "2026-05-17"),
        ("Friday, 12 April 2019", "2019-04-12"),
        ("on Sunday 17 May", "2026-05-17"),
        ("12th of April, 2019", "2019-04-12"),
        ("April 12, 2019", "2019-04-12"),
        ("Apr. 2019", "2019-04"),
        ("May 85", "1985-05"),
        ("May '19", "2019-05"),
        ("around Christmas 2025", "about 2025-12-25"),
        ("last Christmas", "about 2025-12-25"),
        ("Christmas Day 2025", "2025-12-25"),
        ("New Year", "about 2026-01-01"),
        ("Easter 2024", "about 2024-03-31"),
        ("about 2019", "about 2019"),
        ("since about early 2019", "about 2019-early"),
        ("between 2019 and 2021", "2019..2021"),
        ("2019-2021", "2019..2021"),
        ("March or April 2019", "2019-03..2019-04"),
        ("2019-04-03", "2019-04-03"),
        ("2019/4/3", "2019-04-03"),
        ("13/04/2019", "2019-04-13"),
        ("04/13/2019", "2019-04-13"),
        ("03.03.2019", "2019-03-03"),
        ("4/2019", "2019-04"),
        ("29 Feb 2024", "2024-02-29"),
    ],
)
def test_what_people_say_is_understood_and_reads_back_as_itself(said: str, meant: str) -> None:
    assert read(said) == (meant,)
    assert read(describe_date(PartialDate(meant), english())) == (meant,)


@pytest.mark.parametrize(
    ("typed", "either"),
    [
        ("03/04/2019", ("2019-04-03", "2019-03-04")),
        ("3.4.19", ("2019-04-03", "2019-03-04")),
        ("May 24", ("2024-05", "2026-05-24")),
        ("2010/11", ("2010..2011", "2010-11")),
        ("19-04-03", ("2003-04-19", "2019-04-03")),
    ],
)
def test_what_can_be_two_dates_is_taken_for_neither(typed: str, either: tuple[str, str]) -> None:
    assert set(read(typed)) == set(either)


def test_of_two_orders_the_one_that_lies_in_the_future_is_not_meant() -> None:
    assert read("12/01/2026") == ("2026-01-12", "2026-12-01")
    assert read("12/01/2026", Occasion.on(date(2026, 11, 1))) == ("2026-01-12",)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("when I was 30", "2014-12..2016-12"),
        ("at the age of thirty", "2014-12..2016-12"),
        ("aged 41", "2025-12..2026-12"),
        ("in my thirties", "2014-12..2025-12"),
        ("in my late twenties", "2011-12..2015-12"),
        ("in my early 30s", "2014-12..2019-12"),
        ("on my 30th birthday", "2014-12..2015-12"),
        ("since I was 12", "1996-12..1998-12"),
    ],
)
def test_an_age_counts_from_the_birth_of_the_person(said: str, meant: str) -> None:
    assert read(said, OF_41) == (meant,)
    assert read_date(said, english(), NOW).refusal == "age_not_known"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("29 Feb 2023", "There is no such day: 29 Feb 2023"),
        ("2019-02-29", "There is no such day: 2019-02-29"),
        ("31 April", "There is no such day: 31 April"),
        ("Monday, 12 April 2019", "There is no such day: Monday, 12 April 2019"),
        ("31/31/2019", "There is no such day: 31/31/2019"),
        ("13/2019", "There is no such day: 13/2019"),
        ("2027", "That lies in the future: today is 2026-12-01"),
        ("2 December 2026", "That lies in the future: today is 2026-12-01"),
        ("in 3 weeks", "That lies in the future: today is 2026-12-01"),
        ("tomorrow", "That lies in the future: today is 2026-12-01"),
        ("next spring", "That lies in the future: today is 2026-12-01"),
        ("1850", "That is longer ago than anybody has lived"),
        ("500 years ago", "That is longer ago than anybody has lived"),
        ("1983", "That lies before the birth, by the age that was given"),
        ("before 2019", '"Before", "after" and "more than" leave open when it was.'),
        ("after March", '"Before", "after" and "more than" leave open when it was.'),
        ("over 3 years ago", '"Before", "after" and "more than" leave open when it was.'),
        (".5 years", "Not understood as a date."),
        ("1,5.2019", "Not understood as a date."),
        ("1.5/2019", "Not understood as a date."),
        ("not 2019", "Not understood as a date."),
        ("2019?", "Not understood as a date."),
        ("3 or 4 2019", "Not understood as a date."),
        ("-5 months ago", "Not understood as a date."),
        ("about -5 months ago", "Not understood as a date."),
        ("2021 to 2019", "Not understood as a date."),
        ("5", "Not understood as a date."),
        ("May 24 2019 2020", "Not understood as a date."),
        ("spring 2019 summer", "Not understood as a date."),
        ("2019-04-03 yesterday", "Not understood as a date."),
        ("\u0668 months ago", "Not understood as a date."),
    ],
)
def test_a_refusal_says_its_reason(typed: str, why: str) -> None:
    reading = read_date(typed, english(), OF_41)
    assert reading.dates == ()
    assert reading.reason(typed, english(), OF_41).startswith(why)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("summer before last", "summer 2025, about 17 months ago"),
        ("8 months ago", "about 8 months ago, about April 2026"),
        ("yesterday", "30 November 2026, 1 day ago"),
        ("2019", "2019, about 7 years ago"),
        ("this year", "2026, at most about 11 months ago"),
        ("a few weeks ago", "a few weeks ago, between October 2026 and November 2026"),
        ("3 days ago", "3 days ago, 28 November 2026"),
        ("2 weeks ago", "2 weeks ago, about 17 November 2026"),
        ("a year ago", "about 1 year ago, between June 2025 and June 2026"),
        ("10 years ago", "about 10 years ago, between June 2016 and June 2017"),
    ],
)
def test_what_was_understood_is_said_with_where_in_time_it_is(said: str, told: str) -> None:
    [when] = read_date(said, english(), NOW).dates
    assert understood(when, english(), NOW) == told


# Counting


@pytest.mark.parametrize(
    ("text", "fewest", "most"),
    [
        ("2026-11-30", 1, 1),
        ("2026-12", 0, 0),
        ("2025", 335, 699),
        ("2025-early", 580, 699),
        ("2025-late", 335, 456),
        ("2026-10-mid", 42, 51),
        ("about 2026-11-15", 9, 23),
        ("2025..2026", 0, 699),
        ("2-3 days ago", 2, 3),
        ("few days ago", 2, 7),
    ],
)
def test_a_date_counts_from_its_first_to_its_last_day_and_never_past_the_day_it_was_said(
    text: str, fewest: int, most: int
) -> None:
    assert PartialDate(text).days_before(TODAY) == (fewest, most)


def test_ago_counts_from_the_day_on_which_it_was_said() -> None:
    begun, later = date(2026, 11, 10), date(2026, 11, 30)
    told = PartialDate("10 days ago", later)
    assert told.days_before(begun) == (-10, -10), "ten days after the intake was begun"
    assert told.days_before(later) == (10, 10)
    assert told.span(later) == (date(2026, 11, 20), date(2026, 11, 20))


def test_a_date_told_on_a_later_day_is_kept_with_that_day_and_read_back_with_it() -> None:
    occasion = Occasion(TODAY, date(2026, 11, 10))
    [told] = read_date("10 days ago", english(), occasion).dates
    assert told == PartialDate("10 days ago", TODAY)
    said = describe_date(told, english())
    assert said == "10 days ago, said on 1 December 2026"
    for again in (occasion, Occasion(date(2027, 1, 5), date(2026, 11, 10))):
        assert read_date(said, english(), again).dates == (told,)
    on_the_first_day = "10 days ago, said on 10 November 2026"
    assert read_date(on_the_first_day, english(), occasion).dates == (PartialDate("10 days ago"),)


def test_yesterday_is_judged_by_the_day_of_the_answer_and_not_by_that_of_the_intake() -> None:
    occasion = Occasion(TODAY, date(2026, 11, 10))
    assert read("30 November 2026", occasion) == ("2026-11-30",)
    assert read_date("30 November 2026", english(), Occasion.on(date(2026, 11, 10))).refusal == "future"


def test_under_a_wrong_clock_dates_with_their_year_can_be_given_and_nothing_is_counted_from_today() -> None:
    wrong = Occasion(date(1972, 1, 1), date(1972, 1, 1), clock_wrong=True)
    assert read("12 April 2019", wrong) == ("2019-04-12",)
    assert read("8 months ago", wrong) == ("8 months ago",)
    for said in ("yesterday", "last summer", "in March", "17 May"):
        assert read_date(said, english(), wrong).refusal == "clock"
    fewest, most = PartialDate("2019-04-12").days_before(wrong.day)
    assert fewest == 0
    assert most > 40 * 365, "nothing is sure that hangs on how long ago it was"


@pytest.mark.parametrize(
    ("year", "day"), [(2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2026, date(2026, 4, 5))]
)
def test_easter_is_where_the_calendar_has_it(year: int, day: date) -> None:
    assert easter(year) == day


# Properties

_DAYS = st.dates(date(1900, 1, 1), TODAY)
_ONES = st.one_of(
    _DAYS.map(lambda day: day.isoformat()),
    _DAYS.map(lambda day: f"{day:%Y-%m}"),
    _DAYS.map(lambda day: f"{day:%Y}"),
    st.tuples(st.integers(1900, 2025), st.sampled_from([*SEASONS, *PARTS])).map(lambda one: f"{one[0]}-{one[1]}"),
    st.tuples(st.dates(date(1900, 1, 1), date(2026, 11, 1)), st.sampled_from(PARTS)).map(
        lambda one: f"{one[0]:%Y-%m}-{one[1]}"
    ),
)
_AGO = st.tuples(st.integers(0, 100), st.integers(1, 20), st.sampled_from(UNITS))
CANONICAL = st.one_of(
    _ONES,
    _ONES.map(lambda one: f"about {one}"),
    st.tuples(_ONES, _ONES).map("..".join).filter(is_canonical),
    _AGO.map(lambda one: f"{one[0]} {one[2]} ago"),
    _AGO.map(lambda one: f"{one[0]}-{one[0] + one[1]} {one[2]} ago"),
    st.sampled_from(UNITS).map(lambda unit: f"few {unit} ago"),
)


@given(CANONICAL, st.none() | st.dates(date(2026, 12, 1), date(2030, 1, 1)))
def test_every_date_said_in_words_reads_back_as_itself(text: str, on: date | None) -> None:
    when = PartialDate(text, on)
    occasion = Occasion(on or TODAY, TODAY)
    said = describe_date(when, english())
    [again] = read_date(said, english(), occasion).dates
    assert again == (when if on != TODAY else PartialDate(text))


@given(CANONICAL)
def test_the_bounds_of_a_date_contain_it_and_its_place_in_time_can_be_told(text: str) -> None:
    when = PartialDate(text)
    fewest, most = when.days_before(TODAY)
    assert 0 <= fewest <= most
    first, last = when.span(TODAY)
    assert first <= last <= TODAY
    assert understood(when, english(), NOW)


@given(
    _DAYS,
    st.integers(0, 3),
    st.sampled_from(["{d} {m} {y}", "{m} {d}, {y}", "{y}-{n:02}-{d:02}", "the {d} of {m} {y}"]),
)
def test_a_day_is_read_alike_however_it_is_written(day: date, spaces: int, form: str) -> None:
    written = form.format(d=day.day, m=f"{day:%B}", y=day.year, n=day.month)
    assert read(" " * spaces + written.upper()) == (day.isoformat(),)


@given(st.dates(date(1900, 1, 1), TODAY), st.sampled_from("/.-"))
def test_of_digits_alone_every_order_that_fits_is_among_what_is_asked(day: date, sign: str) -> None:
    found = read(f"{day.day}{sign}{day.month}{sign}{day.year}")
    assert day.isoformat() in found
    for one in found:
        assert {date.fromisoformat(one).day, date.fromisoformat(one).month} == {day.day, day.month}


_WORDS = st.sampled_from(
    ["2019", "12", "3", "31", "may", "march", "summer", "early", "about", "in", "since", "for", "ago", "weeks", "years"]
) | st.sampled_from(
    ["a", "the", "of", "to", "or", "between", "and", "last", "not", "before", "'19", "-", "/", ".", ",", "christmas"]
)


@given(st.one_of(st.text(max_size=60), st.lists(_WORDS, max_size=9).map(" ".join)))
def test_whatever_is_typed_is_a_date_or_refused_with_a_reason(typed: str) -> None:
    reading = read_date(typed, english(), NOW)
    if not reading.dates:
        assert reading.reason(typed, english(), NOW)
    for when in reading.dates:
        assert is_canonical(when.text)
        assert not lies_ahead(when, TODAY)
        years = {
            word for word in typed.replace("-", " ").split() if word.isascii() and word.isdecimal() and len(word) == 4
        }
        assert not years or any(year in when.text for year in years), "a year that was written is never another"


@pytest.mark.parametrize("sign", ["\x1c", "\x0b", "\u2028", "\x85", "\u00a0"])
def test_a_sign_that_only_parts_words_is_not_said_back(sign: str) -> None:
    typed = f"29{sign}Feb{sign}2023"
    assert read_date(typed, english(), NOW).reason(typed, english(), NOW) == "There is no such day: 29 Feb 2023"


@given(st.text(max_size=40))
def test_a_word_that_nobody_knows_is_never_passed_over(word: str) -> None:
    strange = f"x{''.join(one for one in word if one.isalpha())}q"
    assert read(f"2019 {strange}") == ()
    assert read(f"{strange} 2019") == ()


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), CANONICAL)
def test_the_day_of_the_answer_moves_what_ago_means_and_nothing_else(said: date, text: str) -> None:
    when = PartialDate(text)
    if when.form == "ago":
        before, after = when.span(said), when.span(said + timedelta(1))
        assert [day + timedelta(1) for day in before] == list(after)
    elif when.calendar_days()[1] <= said:
        assert when.span(said) == when.calendar_days()


# The words of a language

GERMAN = {
    "months": [["januar"], ["februar"], ["märz"], ["april"], ["mai"], ["juni"], ["juli"], ["august"], ["september"],
               ["oktober"], ["november"], ["dezember"]],
    "seasons": [["frühling", "frühjahr"], ["sommer"], ["herbst"], ["winter"]],
    "season_begins": ["3", "6", "9", "12"],
    "units": [["tage", "tag", "tagen"], ["wochen", "woche"], ["monate", "monat", "monaten"], ["jahre", "jahr", "jahren"]],
    "weekdays": [["montag"], ["dienstag"], ["mittwoch"], ["donnerstag"], ["freitag"], ["samstag"], ["sonntag"]],
    "numbers": [["eins", "ein", "eine", "einem", "einer"], ["zwei"], ["drei"]],
    "tens": [[]],
    "decades": [[]],
    "ordinals": [[]],
    "parts": [["anfang"], ["mitte"], ["ende"]],
    "day_signs": [["."]],
    "feasts": [["weihnachten"]],
    "feast_days": ["~12-25"],
    "forms": {
        "yesterday": [["gestern"]],
        "ago": [["vor {number} {unit}", "seit {number} {unit}"]],
        "half_ago": [["vor einem halben {unit}"]],
        "last_season": [["letzten {season}"]],
        "year": [["{year}"]],
        "month_year": [["{month} {year}"]],
        "day_month_year": [["[am] {day} {month} {year}"]],
        "feast": [["[letzte] {feast}"]],
        "about": [["etwa {date}", "um {date}"]],
        "at": [["seit {date}", "im {date}", "im jahr {date}"]],
        "part_of": [["{part} {date}"]],
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("gestern", "2026-11-30"),
        ("vor drei Wochen", "3 weeks ago"),
        ("seit 8 Monaten", "8 months ago"),
        ("vor einem halben Jahr", "6 months ago"),
        ("letzten Sommer", "2026-summer"),
        ("Anfang 2022", "2022-early"),
        ("seit Mitte März 2022", "2022-03-mid"),
        ("am 12. April 2019", "2019-04-12"),
        ("um Weihnachten", "about 2025-12-25"),
    ],
)
def test_another_language_says_dates_in_phrases_of_its_own(said: str, meant: str) -> None:
    german = Words("de", {"dates": as_tuples(GERMAN)})
    assert [when.text for when in read_date(said, german, NOW).dates] == [meant]
    assert read_date("yesterday", german, NOW).refusal == "not_understood"


def problems(**changed: object) -> list[str]:
    """What is said of the English words for dates with some of them changed."""
    words = shipped().words_files["en"].words
    forms = {**words["dates"]["forms"], **changed}
    forms = {name: one for name, one in forms.items() if one is not None}
    return [problem.what for problem in date_word_problems({"dates": {**words["dates"], "forms": forms}})]


def test_the_english_words_can_be_read() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"year": (("{month}",),)}, 'dates.forms.year has the phrase "{month}"'),
        ({"year": (("{year} {year}",),)}, 'dates.forms.year has the phrase "{year} {year}"'),
        ({"year": (("in {jear}",),)}, 'dates.forms.year has the phrase "in {jear}"'),
        ({"about": (("[about] {date}",),)}, 'dates.forms.about has the phrase "[about] {date}"'),
        ({"ahead": (("in {weeks}",),)}, 'dates.forms.ahead has the phrase "in {weeks}"'),
        ({"yeer": (("{year}",),)}, "dates.forms.yeer is no form in which dates are said"),
        ({"year": None}, "dates.forms.year is missing"),
    ],
)
def test_a_phrase_that_could_never_be_read_is_named(changed: dict[str, object], what: str) -> None:
    assert problems(**changed) == [what]


def test_a_calendar_that_has_no_such_day_is_named() -> None:
    found = date_word_problems({"dates": {"season_begins": ("3", "13"), "feast_days": ("12-25", "Easter")}})
    assert [problem.what for problem in found] == [
        'dates.season_begins has "13", which is no month',
        'dates.feast_days has "Easter", which is no day',
    ]
