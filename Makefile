# Everything that a fresh machine needs is Python 3.11 or newer with pip and venv. Each command makes its own environment.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check screenshots bench bench-speed bench-engine bench-many faults faults-short

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

# How fast it is (benchmarks/README.md): beside a bare Textual program (ARGS=--short for a few minutes), its engine beside others,
# and many files in one process.
bench: bench-speed bench-engine bench-many

bench-speed: .venv/bench.stamp
	@$(BIN)/python benchmarks/speed/bench.py $(ARGS)

bench-engine: .venv/bench.stamp
	@if command -v npm >/dev/null; then cd benchmarks/engine && npm install --silent --no-audit --no-fund --no-package-lock; fi
	@$(BIN)/python benchmarks/engine/table.py

bench-many: .venv/bench.stamp
	@$(BIN)/python benchmarks/many.py

# What breaks the program on purpose (benchmarks/faults/README.md): about ten minutes, and about half a day.
FAULTS := $(BIN)/python benchmarks/faults

faults-short: .venv/dev.stamp
	$(FAULTS)/kills.py --kills 120 --twice 30
	$(FAULTS)/kills.py --kills 60 --signals TERM,HUP,INT,CLOSE --soon 4
	$(FAULTS)/files.py --modes ENOSPC,EIO,short
	$(FAULTS)/power.py
	$(FAULTS)/damage.py
	$(FAULTS)/fuzz.py --runs 30000
	$(FAULTS)/instances.py --storms 1

faults: .venv/dev.stamp
	$(FAULTS)/kills.py --kills 10000 --twice 2000
	$(FAULTS)/kills.py --kills 1000 --signals TERM,HUP,INT,CLOSE
	$(FAULTS)/files.py
	$(FAULTS)/power.py
	$(FAULTS)/power.py --real --cuts 2000
	$(FAULTS)/damage.py
	$(FAULTS)/fuzz.py --runs 1000000
	$(FAULTS)/instances.py --storms 20
	$(FAULTS)/promise.py --answers 2000

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

.venv/bench.stamp: pyproject.toml | .venv/bin/python
	@echo "Setting up for the benchmarks, once; this takes about a minute."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@ .venv/run.stamp
