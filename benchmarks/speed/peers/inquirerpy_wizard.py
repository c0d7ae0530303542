"""The questions asked with InquirerPy: `inquirerpy_wizard.py QUESTIONS.json`."""

import contextlib
import json
import sys
from pathlib import Path

from InquirerPy import inquirer

asked = json.loads(Path(sys.argv[1]).read_text())
with contextlib.suppress(KeyboardInterrupt):
    for question in asked["questions"]:
        inquirer.rawlist(message=question, choices=asked["options"]).execute()
