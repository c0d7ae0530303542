# Everything that a fresh machine needs is Python 3.11 or newer with pip and venv. Each command makes its own environment.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check screenshots

run: .venv/run.stamp
	@$(BIN)/python -m msals_tui $(ARGS)

test: .venv/dev.stamp
	@$(BIN)/python -m pytest $(ARGS)

check: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m msals_tui check questionnaires

screenshots: .venv/dev.stamp
	$(BIN)/python -m msals_tui screenshots screenshots

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run.stamp: pyproject.toml | .venv/bin/python
	@echo "Setting up, once; this takes about a minute."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/dev.stamp: pyproject.toml | .venv/bin/python
	@echo "Setting up for the tests, once; this takes about a minute."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ .venv/run.stamp
