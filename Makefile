# Everything that a fresh machine needs is Python 3.11 or newer with pip and venv. Each command makes its own environment.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test test-oldest check screenshots bench bench-speed bench-engine bench-many faults faults-short

run: .venv/run.stamp
	@$(BIN)/python -m msals_tui $(ARGS)

test: .venv/dev.stamp
	@$(BIN)/python -m pytest $(ARGS)

# The tests of checking with the oldest versions that pyproject.toml allows of what checks; `make test` takes the newest.
OLDEST := $(shell sed -nE 's/^ *"(pydantic|typing-extensions)>=([0-9.]+),.*/\1==\2/p' pyproject.toml)
WITH_OLDEST := PYTHONPATH=$(CURDIR)/.venv/oldest $(BIN)/python
CHECKING := check_command evaluate evidence_checks new_format phenopacket translation

test-oldest: .venv/dev.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --only-binary :all: --target .venv/oldest $(OLDEST)
	@$(WITH_OLDEST) -c 'import pydantic; assert f"pydantic=={pydantic.VERSION}" in "$(OLDEST)", pydantic.VERSION'
	@echo "Checking with $(OLDEST)."
	@$(WITH_OLDEST) -m pytest --quiet $(CHECKING:%=tests/test_%.py)

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
	$(FAULTS)/events.py --events 2000

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
	$(FAULTS)/events.py --events 100000

# While something is put into the environment, a file in it says that it is unfinished. One that was left so, and one where
# nothing was ever finished, is made anew.
run_holds := .
dev_holds := .[dev]
bench_holds := .[bench]

.PHONY: again
.venv/run.stamp .venv/dev.stamp .venv/bench.stamp: .venv/%.stamp: pyproject.toml $(if $(wildcard .venv/unfinished),again)
	@set -e; \
	if [ -e .venv/unfinished ] || ! ls .venv/*.stamp >/dev/null 2>&1; then \
		$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
			{ echo "This needs Python 3.11 or newer, and $(PYTHON) is not: make PYTHON=python3.11 names another one." >&2; exit 1; }; \
		$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
			{ echo "Python comes without venv here: on Debian and Ubuntu, sudo apt install python3-venv adds it." >&2; exit 1; }; \
		rm -rf .venv; mkdir .venv; touch .venv/unfinished; \
		$(PYTHON) -m venv .venv; \
	fi; \
	touch .venv/unfinished; \
	echo "Setting up, once; this takes about a minute."; \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '$($*_holds)' || \
		{ echo "The set-up was not finished; the next make begins it anew." >&2; exit 1; }; \
	touch $@ .venv/run.stamp; \
	rm .venv/unfinished
