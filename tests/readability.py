"""Flesch-Kincaid grade of a text, for the promise that patient wording stays at grade 6 or below."""

import re

_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?")
_SENTENCE = re.compile(r"[.?!:;]+(?:\s|$)")


def syllables(word: str) -> int:
    """Syllables of an English word: groups of vowels, without a silent final e."""
    word = word.lower()
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = (word.endswith("e") and not word.endswith(("le", "ee"))) or (
        word.endswith("ed") and word[-3:-2] not in ("t", "d")
    )
    return max(1, groups - (1 if silent and groups > 1 else 0))


def grade(texts: list[str]) -> float:
    """Flesch-Kincaid grade over texts, each of which ends a sentence."""
    words = [word for text in texts for word in _WORD.findall(text)]
    sentences = sum(max(1, len(_SENTENCE.findall(text.strip() + " "))) for text in texts)
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
