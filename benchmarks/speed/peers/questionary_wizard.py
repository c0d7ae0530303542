"""The questions asked with questionary: `questionary_wizard.py QUESTIONS.json`."""

import json
import sys
from pathlib import Path

import questionary

asked = json.loads(Path(sys.argv[1]).read_text())
for question in asked["questions"]:
    if questionary.select(question, asked["options"], use_shortcuts=True).ask() is None:
        break
