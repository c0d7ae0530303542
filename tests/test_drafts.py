"""Taking up a draft: only with the version it was made with, else carried over without any answer changing its meaning."""

from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyrage import x25519

from msals_tui.errors import InputFault, MachineFault, MsalsError
from msals_tui.interview.events import Answered, Jump, Next, Noted
from msals_tui.questionnaire.answer import Answer, Missing, MissingCode
from msals_tui.questionnaire.dates.value import PartialDate
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.group import Row, Rows
from msals_tui.questionnaire.kinds.number import Number
from msals_tui.questionnaire.kinds.text import Text
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.records.catalog import Catalog
from msals_tui.records.drafts import Draft, OtherVersion, TakenUp, carry_over, read_draft, take_up
from msals_tui.records.entries import SealedEntry
from msals_tui.records.journal import Body, journal
from msals_tui.records.kept import Final, Kept
from msals_tui.records.recording import Recording
from msals_tui.records.seal import RECIPIENTS, Seal, opener_of, seal_of
from msals_tui.records.store import Records
from msals_tui.session.clock import FixedClock
from msals_tui.session.load_content import load_content
from msals_tui.session.session import Content, Session
from msals_tui.text import for_screen
from sittings import CLOCK, RULE, content, english, shipped

LATER = FixedClock(datetime(2027, 5, 4, 8, 0, tzinfo=UTC), "f" * 32)
YES, NO = Choice(("yes",)), Choice(("no",))
SHORT_CONTENT = """
[[item]]
id = "breath"
type = "yes_no"

[[item]]
id = "words"
type = "long_text"
"""


@pytest.fixture
def records(tmp_path: Path) -> Records:
    """A store that nobody has written to."""
    return Records(tmp_path / "records")


def kept_draft(
    records: Records, asked: Content, given: Mapping[str, Answer], notes: Mapping[str, str] | None = None
) -> Draft:
    """A draft with these answers, as it is read from the disk."""
    recording = Recording(Session(asked, CLOCK), records, "en")
    for item, answer in given.items():
        recording.session.post(Jump(item))
        recording.session.post(Answered(item, answer))
    for item, text in (notes or {}).items():
        recording.session.post(Noted(item, text))
    assert recording.save()
    recording.close()
    return read_draft(records.read(CLOCK.id))


def bodies_of(draft: Draft) -> list[dict[str, Any]]:
    """What its journal holds, to be altered."""
    return [dict(line.body) for line in draft.kept.journal.lines]


def kept_of(bodies: list[Body]) -> Kept:
    """A record whose journal verifies and holds whatever somebody wrote into it."""
    return Kept(CLOCK.id, journal(bodies))


# Versions


def test_a_draft_of_another_version_is_not_taken_up_and_both_versions_are_named(records: Records) -> None:
    old, new = content(SHORT_CONTENT), content(SHORT_CONTENT.replace("breath", "breathing"))
    draft = kept_draft(records, old, {"breath": YES})
    with pytest.raises(OtherVersion, match="carry its answers over") as refused:
        take_up(draft, new, CLOCK)
    for one in (old, new):
        assert one.questionnaire.sha256[:8] in str(refused.value)


def test_what_reads_as_it_did_is_taken_and_keeps_its_day(records: Records) -> None:
    draft = kept_draft(records, content(SHORT_CONTENT), {"breath": YES, "words": Text("own")}, {"breath": "since May"})
    new = content(SHORT_CONTENT + '[[item]]\nid = "more"\ntype = "yes_no"\n')
    taken = carry_over(draft, new, LATER)
    interview = taken.session.interview
    assert interview.response.given == {"breath": YES, "words": Text("own")}
    assert interview.notes == {"breath": "since May"}
    assert (interview.recheck, interview.position, taken.remarks) == (frozenset(), "more", ())
    assert (taken.session.started, interview.response.today) == (CLOCK.time, CLOCK.time.date())
    assert taken.session.id == LATER.id


def test_what_reads_otherwise_is_taken_and_marked_to_be_looked_at_again(records: Records) -> None:
    draft = kept_draft(records, content(SHORT_CONTENT), {"breath": YES})
    new = content(SHORT_CONTENT.replace('id = "breath"', 'id = "breath"\nask = "No trouble breathing?"'))
    taken = carry_over(draft, new, LATER)
    assert taken.session.interview.response.given == {"breath": YES}
    assert taken.session.interview.recheck == {"breath"}


def test_what_the_questionnaire_does_not_know_or_take_is_left_behind_and_named(records: Records) -> None:
    given = {"breath": YES, "words": Text("own")}
    draft = kept_draft(records, content(SHORT_CONTENT), given, {"breath": "since May"})
    new = content('[[item]]\nid = "words"\ntype = "date"\n')
    taken = carry_over(draft, new, LATER)
    assert not taken.session.interview.response.given
    assert not taken.session.interview.notes
    assert [remark.split(":")[0] for remark in taken.remarks] == ["breath", "words", "breath"]


def test_words_that_are_cut_short_are_marked(records: Records) -> None:
    draft = kept_draft(records, content(SHORT_CONTENT), {"words": Text("not weak")})
    new = content(SHORT_CONTENT.replace('type = "long_text"', 'type = "long_text"\nmax_length = 3'))
    taken = carry_over(draft, new, LATER)
    assert taken.session.interview.recheck == {"words"}


def test_what_was_decided_about_an_answer_whose_question_reads_otherwise_is_decided_anew(records: Records) -> None:
    asked = content(SHORT_CONTENT, safety=RULE)
    recording = Recording(Session(asked, CLOCK), records, "en")
    recording.session.post(Answered("breath", YES))
    recording.session.decide("breathless", "told")
    recording.save()
    recording.close()
    draft = read_draft(records.read(CLOCK.id))
    same = content(SHORT_CONTENT + '[[item]]\nid = "more"\ntype = "yes_no"\n', safety=RULE)
    assert not carry_over(draft, same, LATER).session.undecided()
    other = content(SHORT_CONTENT.replace('id = "breath"', 'id = "breath"\nask = "Out of breath?"'), safety=RULE)
    assert [one.rule.id for one in carry_over(draft, other, LATER).session.undecided()] == ["breathless"]


VERSIONS: dict[str, tuple[str, ...]] = {
    "age": (
        'type = "number"\nunit = "years"\nmin = 0\nmax = 120\ndecimals = 1',
        'type = "number"\nunit = "years"\nmin = 0\nmax = 130\ndecimals = 1',
        'type = "number"\nunit = "months"\nmin = 0\nmax = 120\ndecimals = 1',
        'type = "number"\nunit = "years"\nmin = 50\nmax = 120',
        'type = "short_text"',
        "",
    ),
    "arm": (
        'type = "yes_no"',
        'type = "yes_no"\nhelp = "Ask slowly."',
        'type = "yes_no"\nask = "Is the arm well?"',
        'type = "yes_no"\nask_patient = "Is your arm well?"',
        'type = "choice"\noptions = [{ code = "yes", label = "No" }, { code = "no", label = "Yes" }]',
        "",
    ),
    "side": (
        'type = "choice"\noptions = ["left", "right"]',
        'type = "choice"\noptions = [{ code = "left", label = "Right" }, { code = "right", label = "Left" }]',
        'type = "choice"\noptions = ["left", "right", "both"]',
        'type = "choice"\noptions = ["left", "neither"]',
        'type = "several"\noptions = ["left", "right"]',
        'type = "choice"\noptions = ["left", { code = "right", label = "Right", label_patient = "Wrong" }]',
        'type = "choice"\noptions = ["left", "right"]\nenable_when = { item = "arm", is = "yes" }',
    ),
    "signs": (
        'type = "several"\noptions = ["weak", "numb", { code = "none", label = "None", exclusive = true }]',
        'type = "several"\noptions = ["numb", "weak", { code = "none", label = "None", exclusive = true }]',
        'type = "several"\noptions = [{ code = "weak", label = "Weak", exclusive = true }, "numb", "none"]',
        "",
    ),
    "began": ('type = "date"', 'type = "date"\nask = "When did it end?"', 'type = "short_text"', ""),
    "words": ('type = "long_text"', 'type = "long_text"\nmax_length = 4', 'type = "short_text"', ""),
    "rounds": tuple(
        f'type = "group"\nrow_label = "Round"\nmax_rows = {most}\n'
        + "".join(f'[[item.items]]\nid = "{one}"\ntype = "date"\nask = "{ask}"\n' for one, ask in inner)
        for most, inner in (
            (3, (("first", "First?"), ("last", "Last?"))),
            (1, (("first", "First?"), ("last", "Last?"))),
            (3, (("last", "First?"), ("first", "Last?"))),
            (3, (("first", "Last?"), ("last", "First?"))),
            (3, (("first", "First?"),)),
        )
    ),
}
"""Questions by id: as they were, and as a later version may ask them; "" where it does not."""
CHOSEN = st.fixed_dictionaries({name: st.integers(0, len(ways) - 1) for name, ways in VERSIONS.items()})
ANSWERS: dict[str, st.SearchStrategy[Answer]] = {
    "age": st.decimals(0, 120, places=1).map(lambda value: Number(value.normalize() + 0)),
    "arm": st.sampled_from([YES, NO]),
    "side": st.sampled_from([Choice(("left",)), Choice(("right",))]),
    "signs": st.sampled_from([Choice(("weak",)), Choice(("weak", "numb")), Choice(("none",))]),
    "began": st.sampled_from([PartialDate("2019-04"), PartialDate("8 months ago")]),
    "words": st.sampled_from([Text("own"), Text("own\nwords")]),
    "rounds": st.lists(
        st.sampled_from(
            [(("first", PartialDate("2019")), ("last", PartialDate("2020"))), (("last", PartialDate("2021")),)]
        ),
        max_size=3,
    ).map(lambda rows: Rows(tuple(Row(row) for row in rows))),
}


def version(chosen: Mapping[str, int]) -> Content:
    return content(
        '[[item]]\nid = "begin"\ntype = "yes_no"\n'
        + "".join(
            f'\n[[item]]\nid = "{name}"\n{VERSIONS[name][which]}\n'
            for name, which in chosen.items()
            if VERSIONS[name][which]
        )
    )


OLD = version(dict.fromkeys(VERSIONS, 0))


def said(questionnaire: Questionnaire, name: str, answer: Answer) -> tuple[object, ...]:
    """An answer in the words of its question, as a person would read both."""
    item = questionnaire.item(name)
    asks = [(one.ask, one.ask_patient) for one in (item, *getattr(item, "items", ()))]
    words = [item.said(answer, english(), patient=patient) for patient in (False, True)]
    return item.type, asks, words


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chosen=CHOSEN, answers=st.fixed_dictionaries({}, optional=ANSWERS))
@example(
    chosen={**dict.fromkeys(VERSIONS, 0), "rounds": 2},
    answers={"rounds": Rows((Row((("first", PartialDate("2019")),)),))},
)
def test_no_answer_changes_its_meaning_unmarked_when_it_is_carried_over(
    tmp_path_factory: pytest.TempPathFactory, chosen: dict[str, int], answers: dict[str, Answer]
) -> None:
    if not answers:
        return
    draft = kept_draft(Records(tmp_path_factory.mktemp("records")), OLD, answers)
    new = version(chosen)
    taken = carry_over(draft, new, LATER)
    interview = taken.session.interview
    named = {remark.split(":")[0] for remark in taken.remarks}
    assert interview.response.given.keys() | named == answers.keys()
    assert interview.response.given.keys().isdisjoint(named)
    for name, answer in interview.response.given.items():
        same = said(OLD.questionnaire, name, answers[name]) == said(new.questionnaire, name, answer)
        assert same or name in interview.recheck or name not in interview.response.asked


def test_an_answer_that_is_not_asked_after_carrying_over_is_marked_when_it_is_asked_again(records: Records) -> None:
    draft = kept_draft(records, OLD, {"arm": NO, "side": Choice(("left",))})
    session = carry_over(draft, version({"arm": 0, "side": 6}), LATER).session
    assert session.interview.response.answer("side") is None
    session.post(Answered("arm", YES))
    assert session.interview.recheck == {"side"}


# What somebody else wrote into a journal that verifies

HOSTILE = "\x1b]0;owned\x07\u202e[/bold"
VALUES: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(
        [
            None, True, -1, 0, 10**400, -(10**30), "", HOSTILE, HOSTILE * 100, "x" * 5000, "\ud800", [], {}, [[]], [{}],
            {"decimal": "1"}, {"decimal": "9" * 30}, {"missing": HOSTILE}, {"missing": []}, [{"first": HOSTILE}],
            "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-03-01", "2026-03-01T09:30:00",
            "2026-03-01T09:30:00+00:00:30", "answer", "final", "moved", "sealed", "breath", "told", "a" * 32, ["breath"],
        ]
    ),
    st.text(max_size=20),
    st.integers(),
    st.just([]).map(lambda nothing: _nested(300)),
)  # fmt: skip


def _nested(depth: int) -> Any:
    value: Any = "deep"
    for _ in range(depth):
        value = [value]
    return value


def hostile_bodies(data: st.DataObject, bodies: list[dict[str, Any]]) -> list[Body]:
    """Bodies with up to four values altered, put in, or taken out, at any depth."""
    for _ in range(data.draw(st.integers(1, 4))):
        table: Any = data.draw(st.sampled_from(bodies))
        inner = [one for one in table.values() if isinstance(one, dict) and one]
        table = data.draw(st.sampled_from([table, *inner]))
        key = data.draw(st.sampled_from([*table, HOSTILE]) if table else st.just("key"))
        if data.draw(st.integers(0, 4)) == 0:
            table.pop(key, None)
        else:
            table[key] = deepcopy(data.draw(VALUES))
    return list(bodies)


def texts_in(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for one in (*value.keys(), *value.values()) for text in texts_in(one)]
    return [text for one in value for text in texts_in(one)] if isinstance(value, list | tuple) else []


def everything_said(draft: Draft, taken: TakenUp) -> list[str]:
    """Every text of a draft that a screen or a summary may show."""
    interview, header = taken.session.interview, draft.header
    answers = [
        interview.questionnaire.item(name).said(one, english()) for name, one in interview.response.given.items()
    ]
    reasons = [draft.amends.reason] if draft.amends else []
    return [
        *answers, *interview.notes.values(), *draft.notes.values(), *reasons,
        header.questionnaire.title, header.questionnaire.version, header.program, header.safety,
    ]  # fmt: skip


@pytest.fixture(scope="module")
def whole_intake(tmp_path_factory: pytest.TempPathFactory) -> list[Body]:
    """A journal with an entry of nearly every kind."""
    records = Records(tmp_path_factory.mktemp("records"))
    recording = Recording(Session(content(SHORT_CONTENT, safety=RULE), CLOCK), records, "en")
    recording.session.post(Answered("breath", YES))
    recording.session.decide("breathless", "told")
    recording.session.post(Jump("words"))
    recording.session.post(Answered("words", Text("own words")))
    recording.session.post(Noted("words", "a note"))
    finished = recording.finish("summary = 1\n")
    recording.amend(Final(1, finished.sha256, sealed=False), "wrong")
    recording.save()
    recording.close()
    return [line.body for line in records.read(CLOCK.id).journal.lines]


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_a_hostile_journal_is_refused_in_one_sentence_or_read_and_cleaned(
    whole_intake: list[Body], data: st.DataObject
) -> None:
    asked = content(SHORT_CONTENT, safety=RULE)
    bodies = hostile_bodies(data, [dict(deepcopy(body)) for body in whole_intake])
    for way in (take_up, carry_over):
        with suppress(MsalsError):  # whose sentence goes through the exit of the screen
            draft = read_draft(kept_of(bodies))
            assert draft.minutes >= 0
            assert draft.last.astimezone(UTC)
            taken = way(draft, asked, LATER)
            for text in everything_said(draft, taken):
                assert for_screen(text, lines=True) == text
            assert all(for_screen(remark) == remark for remark in taken.remarks)


def test_the_desk_shows_a_hostile_record_as_damaged_and_the_others_as_they_are(records: Records) -> None:
    asked = load_content(shipped(), "ms_als_brief")
    catalog = Catalog(records, shipped(), "en", CLOCK)
    recording = catalog.begin(asked)
    recording.session.post(Noted(asked.questionnaire.items[0].id, "said"))
    recording.save()
    recording.close()
    header = records.read(CLOCK.id).journal.lines[0].body
    for number, hostile in enumerate(({"at": "9999-12-31T23:59:59+00:00"}, {"id": "a" * 32}, {"journal": HOSTILE})):
        intake = f"{number}" * 32
        record = records.create(intake, "")
        record.files.add({**header, "id": intake, **hostile})
        record.files.save()
        record.close()
    assert sorted(one.state for one in catalog.overviews()) == ["damaged"] * 3 + ["draft"]


def test_a_record_in_the_folder_of_another_is_not_shown(records: Records) -> None:
    draft = kept_draft(records, content(SHORT_CONTENT), {"breath": YES})
    with pytest.raises(InputFault, match="does not say what it holds"):
        read_draft(Kept("a" * 32, draft.kept.journal))


def test_an_entry_of_a_later_program_is_named_and_nothing_behind_it_is_guessed(records: Records) -> None:
    bodies = bodies_of(kept_draft(records, content(SHORT_CONTENT), {"breath": YES}))
    with pytest.raises(InputFault, match="entry 2 of the record"):
        read_draft(kept_of([*bodies, {"do": "something_else", "at": CLOCK.time.isoformat(), "ms": 0}]))


# Clocks


@dataclass
class Jumping:
    """A wall clock that jumps between entries while the other one goes on."""

    times: list[datetime]
    passed: int = 0

    def now(self) -> datetime:
        return self.times[0]

    def ms(self) -> int:
        return self.passed

    def new_id(self) -> str:
        return CLOCK.id


def test_a_clock_that_jumps_changes_no_order_and_no_minutes(records: Records) -> None:
    start = CLOCK.time
    jumps = [start, datetime(1970, 1, 1, tzinfo=UTC), start + timedelta(days=3650), start - timedelta(days=1)]
    clock = Jumping([start])
    asked = content(SHORT_CONTENT)
    recording = Recording(Session(asked, clock), records, "en")
    for time, answer in zip(jumps, (YES, NO, YES, NO), strict=True):
        clock.times, clock.passed = [time], clock.passed + 90_000
        recording.session.post(Answered("breath", answer))
    assert recording.save()
    recording.close()
    draft = read_draft(records.read(CLOCK.id))
    assert [entry.at for entry in draft.entries] == jumps
    assert draft.answers["breath"].answer == "no"
    assert draft.minutes == 6
    assert draft.last == jumps[-1]
    assert take_up(draft, asked, LATER).session.interview.response.today == start.date()


def test_an_intake_that_was_begun_in_1970_is_taken_up(records: Records) -> None:
    then = FixedClock(datetime(1970, 1, 1, tzinfo=UTC), CLOCK.id)
    asked = content(SHORT_CONTENT)
    recording = Recording(Session(asked, then), records, "en")
    recording.session.post(Answered("breath", YES))
    assert recording.save()
    recording.close()
    assert take_up(read_draft(records.read(CLOCK.id)), asked, CLOCK).session.started == then.time


# Sealed to a clinic's key


@dataclass(frozen=True)
class Clinic:
    """A store that is sealed, the file of its secret key, and that of somebody else's."""

    records: Records
    key: Path
    other_key: Path

    def catalog(self, key: Path | None = None) -> Catalog:
        return Catalog(self.records, shipped(), "en", CLOCK, opener_of(key).open if key else None)


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    """A clinic with a key that the machine does not have."""
    keys = [x25519.Identity.generate() for _ in range(2)]
    files = []
    for number, key in enumerate(keys):
        files.append(tmp_path / f"key-{number}.txt")
        files[-1].write_text(f"# made by age\n\n{key}\n")
    root = tmp_path / "records"
    root.mkdir()
    (root / RECIPIENTS).write_text(f"# the clinic\n{keys[0].to_public()}\n")
    return Clinic(Records(root), *files)


CANARY = "Zebrafink"


def answered(recording: Recording) -> list[str]:
    """Answers, notes and amends; returns the questions that were answered."""
    given = []
    session = recording.session
    while len(given) < 5 and (item := session.interview.item) is not None:
        if item.type in ("choice", "yes_no"):
            code = "no" if item.type == "yes_no" else item.options[0].code
            session.post(Answered(item.id, Choice((code,))))
            given.append(item.id)
            session.post(Next())
        elif item.type == "number":
            session.post(Answered(item.id, Number(item.min)))
            session.post(Next())
        elif item.type == "several":
            session.post(Answered(item.id, Missing(MissingCode.NOT_SURE)))
            session.post(Next())
        else:
            session.post(Next()) if item.type == "statement" else session.post(Jump(None))
    session.post(Noted(given[0], CANARY))
    for fired in session.fired:
        session.decide(fired.rule.id, "told")
    return given


def test_nothing_that_was_said_can_be_read_in_a_sealed_store(clinic: Clinic) -> None:
    recording = clinic.catalog().begin(load_content(shipped(), "ms_als_brief"))
    given = answered(recording)
    recording.save()
    recording.finish(f'own_words = "{CANARY}"\n')
    recording.amend(clinic.records.read(CLOCK.id).finals[0], CANARY)
    assert recording.save()
    recording.close()
    files = [path for path in clinic.records.root.rglob("*") if path.is_file()]
    assert {"journal-1", "final-1.toml.age", "audit-1"} <= {path.name for path in files}
    for path in files:
        for secret in (CANARY, *given):
            assert secret.encode() not in path.read_bytes()
    entries = read_draft(clinic.records.read(CLOCK.id)).entries
    assert {entry.do for entry in entries} == {"sealed", "final"}


def test_the_clinics_key_opens_what_no_other_key_opens(clinic: Clinic) -> None:
    recording = clinic.catalog().begin(load_content(shipped(), "ms_als_brief"))
    answered(recording)
    recording.finish(f'own_words = "{CANARY}"\n')
    recording.close()
    kept = clinic.records.read(CLOCK.id)
    opened = clinic.catalog(clinic.key).look(kept).session
    assert opened.interview.response.given == recording.session.interview.response.given
    assert opened.interview.notes == recording.session.interview.notes
    assert opened.decisions == recording.session.decisions
    final = clinic.records.final(CLOCK.id, kept.finals[0])
    assert opener_of(clinic.key).open(final) == f'own_words = "{CANARY}"\n'.encode()
    assert opener_of(clinic.other_key).open(final) is None
    for key in (None, clinic.other_key):
        with pytest.raises(InputFault, match="sealed to the clinic's key"):
            clinic.catalog(key).look(kept)
        overview = clinic.catalog(key).overview(kept)
        assert (overview.sealed, overview.state, overview.answered) == (True, "final", 0)


def test_a_sealed_intake_goes_on_sealed(clinic: Clinic) -> None:
    recording = clinic.catalog().begin(load_content(shipped(), "ms_als_brief"))
    given = answered(recording)
    recording.save()
    recording.close()
    with pytest.raises(InputFault, match="sealed to the clinic's key"):
        clinic.catalog().resume(CLOCK.id)
    again = clinic.catalog(clinic.key).resume(CLOCK.id).recording
    again.session.post(Noted(given[1], CANARY * 2))
    assert again.save()
    again.close()
    assert CANARY.encode() not in (clinic.records.root / "intakes" / CLOCK.id / "journal-1").read_bytes()


def test_a_sealed_intake_does_not_go_on_in_the_open_when_the_keys_are_gone(clinic: Clinic) -> None:
    recording = clinic.catalog().begin(load_content(shipped(), "ms_als_brief"))
    answered(recording)
    recording.save()
    recording.close()
    (clinic.records.root / RECIPIENTS).unlink()
    for use in (clinic.catalog(clinic.key).resume, clinic.catalog(clinic.key).carry_over):
        with pytest.raises(InputFault, match="keys to seal more to are not here"):
            use(CLOCK.id)
    assert clinic.records.holder(CLOCK.id) == ""


@pytest.mark.parametrize("text", ["", "# none yet\n", "age1nonsense\n", "AGE-SECRET-KEY-1\n", "\x1b[2J\n", "\xff\x00"])
def test_where_the_keys_cannot_be_used_nothing_is_written(clinic: Clinic, text: str) -> None:
    (clinic.records.root / RECIPIENTS).write_bytes(text.encode("latin-1"))
    with pytest.raises(InputFault, match=RECIPIENTS) as refused:
        clinic.catalog().begin(load_content(shipped(), "ms_als_brief"))
    assert str(refused.value).isprintable()
    assert [path.name for path in clinic.records.root.iterdir()] == [RECIPIENTS]


@pytest.mark.parametrize("kind", ["folder", "dangling link"])
def test_keys_that_cannot_be_read_are_no_reason_to_write_in_the_open(clinic: Clinic, kind: str) -> None:
    path = clinic.records.root / RECIPIENTS
    path.unlink()
    path.mkdir() if kind == "folder" else path.symlink_to("nowhere")
    with pytest.raises(MsalsError):
        clinic.catalog().begin(load_content(shipped(), "ms_als_brief"))


def test_an_identity_file_that_holds_no_secret_key_is_refused_without_telling_what_it_holds(clinic: Clinic) -> None:
    clinic.other_key.write_text(f"{CANARY}\n")
    with pytest.raises(InputFault, match="this is no key") as refused:
        opener_of(clinic.other_key)
    assert CANARY not in str(refused.value)


def test_what_cannot_be_sealed_is_told_and_not_written_in_the_open(clinic: Clinic) -> None:
    recording = Recording(Session(content(SHORT_CONTENT), CLOCK), clinic.records, "en", sealing=lambda: Seal([]))
    recording.session.post(Noted("words", CANARY))
    assert not recording.save()
    assert isinstance(recording.saving.fault, MachineFault)
    recording.close()
    assert all(CANARY.encode() not in path.read_bytes() for path in clinic.records.root.rglob("*") if path.is_file())


def test_a_sealed_entry_that_holds_nonsense_is_refused(clinic: Clinic) -> None:
    asked = content(SHORT_CONTENT)
    recording = Recording(Session(asked, CLOCK), clinic.records, "en", sealing=lambda: seal_of(clinic.records.root))
    recording.session.post(Answered("breath", YES))
    recording.save()
    recording.close()
    bodies = bodies_of(read_draft(clinic.records.read(CLOCK.id)))
    opened = opener_of(clinic.key).open
    assert read_draft(kept_of(bodies), opened).answers["breath"].answer == "yes"
    for nonsense in (b"[]", b"{}", b"\xff", b'{"do":"answer"}', b"[" * 100_000):
        seal = seal_of(clinic.records.root)
        assert seal is not None
        bodies[-1]["sealed"] = b64encode(seal.close(nonsense)).decode()
        with pytest.raises(InputFault, match="entry 1 of the record"):
            read_draft(kept_of(bodies), opened)
    bodies[-1]["sealed"] = "no base64"
    with pytest.raises(InputFault):
        read_draft(kept_of(bodies), opened)
    bodies[-1]["sealed"] = "AAAA"
    draft = read_draft(kept_of(bodies), opened)
    assert draft.closed == 1
    assert isinstance(draft.entries[0], SealedEntry)
    with pytest.raises(InputFault, match="sealed"):
        take_up(draft, asked, CLOCK)


def test_keys_that_a_clinic_puts_there_in_the_middle_of_a_sitting_count_from_then_on(clinic: "Clinic") -> None:
    recipients = clinic.records.root / RECIPIENTS
    keys = recipients.read_bytes()
    recipients.unlink()
    recording = clinic.catalog().begin(content(SHORT_CONTENT))
    session = recording.session
    session.post(Noted(session.interview.questionnaire.items[0].id, "in the open"))
    assert recording.save()
    recipients.write_bytes(keys)
    session.post(Noted(session.interview.questionnaire.items[0].id, "CANARY"))
    assert recording.save()
    recording.close()
    written = b"".join(path.read_bytes() for path in clinic.records.root.rglob("*") if path.is_file())
    assert b"in the open" in written
    assert b"CANARY" not in written
