"""A whole library of content in a few lines a file, without a fault; tests change one thing and look what is said."""

from pathlib import Path

QUESTIONNAIRE = """\
schema = "msals-questionnaire/1"
id = "small"
version = "1.0.0"
title = "Small"

[[section]]
id = "first"
title = "First"

[[section.item]]
id = "pain"
type = "yes_no"
ask = "Is there pain?"
ask_patient = "Does it hurt?"
why = "Pain points to the first."
sources = ["book"]
gate = ["feeling"]
yes.observes = ["any_pain"]
no.excludes = ["any_pain"]

[[section.item]]
id = "side"
type = "choice"
ask = "Which side?"
ask_patient = "Which side?"
why = "Both sides point to the second."
sources = ["book"]
enable_when = { item = "pain", is = "yes" }
options = [
    { code = "one", label = "One" },
    { code = "both", label = "Both", observes = ["both_sides"] },
]
"""

FINDINGS = """\
schema = "msals-evidence/1"
version = "1.0.0"

[[finding]]
id = "any_pain"
label = "Pain"
plain = "It hurts."
domain = "feeling"
group = "sense"
kind = "history"
points = "first"
strength = "moderate"
strength_reason = "Common in the first."
chance = { ms = 0.8, als = 0.1 }
chance_basis = "Read."
trust = 1.0
present_db = 9.0
absent_db = -3.3
frequency = [
    { disease = "ms", when = "ever", low = 70, value = 80, high = 90, source = "book", read = true },
    { disease = "als", when = "ever", value = 10, source = "book", read = true },
]
sources = ["book"]

[[finding]]
id = "both_sides"
label = "Both sides"
plain = "On both sides."
domain = "feeling"
kind = "history"
points = "elsewhere"
strength = "strong"
strength_reason = "Usual in the look-alike."
chance = { ms = 0.5, als = 0.5 }
chance_basis = "Assumed."
assumed = ["ms", "als"]
trust = 0.4
present_db = 0.0
absent_db = 0.0
look_alikes = ["other"]
sources = ["book"]
"""

WEIGHING = """\
schema = "msals-weighing/1"
version = "1.0.0"
side = [{ id = "ms", short = "MS", name = "First", sign = 1 }, { id = "als", short = "ALS", name = "Second", sign = -1 }]
domain = [{ id = "feeling", title = "Feeling", short = "Feeling" }]
group = [{ id = "sense", title = "Sense", cap_db = 13 }]

[pattern]
gate = ["feeling"]
withhold_strengths = ["moderate", "strong"]
too_little_below = 5
mixed_from = 5
mixed_net_below = 15
lean_net_from = 10
lean_groups = 2
lean_group_from = 3
lean_together_from = 10
lean_needs = [{ side = "als", needs = { finding = "any_pain", is = "not_observed" }, because = "Pain is not part of it." }]
because = "A test."

[weights]
chance_lowest = 0.005
chance_highest = 0.98
absent_share = { history = 0.5, examination = 0.5, test = 1 }
cap_db = { history = 10, examination = 10, test = 13 }
held_db = { weak = 4.9, moderate = 9.9 }
because = "A test."
"""

LOOK_ALIKES = """\
schema = "msals-look-alikes/1"
version = "1.0.0"

[[look_alike]]
id = "other"
name = "Another disease"
settled_by = "A blood test."
feature = [{ text = "Both sides.", sources = ["book"], read = true }]

[[look_alike.rule]]
effect = "withhold"
says = "Both sides hurt."
when = { all = [{ finding = "both_sides", is = "observed" }, { item = "side", is = "both" }] }
sources = ["book"]
"""

SOURCES = """\
schema = "msals-sources/1"

[source.book]
authors = "Somebody"
title = "A book"
year = 2020
"""

SAFETY = """\
schema = "msals-safety/1"
version = "1.0.0"

[[rule]]
id = "s1_both"
number = "S1"
level = "same_day"
title = "Both sides hurt"
say = "Something may be pressed."
say_patient = "Please tell somebody."
action = "Have it looked at."
sources = ["book"]
read = true
when = { item = "side", is = "both" }
"""

WORDS = """\
schema = "msals-words/1"
language = "en"
name = "English"

[words.home]
title = "What now?"
intake = "Start {title}"
"""

FILES = {
    "small.toml": QUESTIONNAIRE,
    "evidence/findings.toml": FINDINGS,
    "evidence/weighing.toml": WEIGHING,
    "evidence/look_alikes.toml": LOOK_ALIKES,
    "sources.toml": SOURCES,
    "safety.toml": SAFETY,
    "languages/en.toml": WORDS,
}


def write(folder: Path, *changes: tuple[str, str, str], **more: str) -> Path:
    """Writes the library into a folder. A change is a file, a text in it and what stands there instead."""
    files = dict(FILES)
    for name, old, new in changes:
        assert files[name].count(old) == 1, f"{old!r} stands {files[name].count(old)} times in {name}"
        files[name] = files[name].replace(old, new)
    for name, text in (files | {f"{name}.toml": text for name, text in more.items()}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def line_of(name: str, text: str) -> int:
    """The line of a file of the library on which a text first stands."""
    return FILES[name][: FILES[name].index(text)].count("\n") + 1


TRANSLATION = """schema = "msals-translation/1"
language = "de"
questionnaire = "small"
title = "Klein"
[section.first]
title = "Erstens"
[item.pain]
ask = "Gibt es Schmerzen?"
ask_patient = "Tut es weh?"
why = "Schmerz deutet auf das erste."
[item.side]
ask = "Welche Seite?"
ask_patient = "Welche Seite?"
why = "Beide Seiten deuten auf das zweite."
options.one.label = "Eine"
options.both.label = "Beide"
"""
"""The questionnaire of the small library in another language, "de"."""
