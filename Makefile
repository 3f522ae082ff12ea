# On a machine with only Python 3.11 or later, pip and make:
#   make roster   installs into .venv, rosters the Westerkwartier sample, prints the result and where the files are
#   make test     installs into .venv and runs the whole suite
#   make quick    the same in a minute and a half, with a tenth of what the tests draw by lot
#   make soak     ten times what they draw by lot: hours

SHELL := /bin/sh
FITS := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c '$(FITS)' 2>/dev/null && { echo $$python; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
SAMPLE := data/samples/westerkwartier-2026-03
# Compiled files are kept whatever the environment says: tests import much, and start many processes.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: roster quick test soak matrix lint types imports lock schema messages pictures sample benchmark clean

roster: .venv/run.stamp
	$(BIN)/python -m poolmatch solve $(SAMPLE) --out roster --seed 1

# Three rings of one suite, see tests/rings.py.
quick: .venv/dev.stamp lint
	POOLMATCH_RING=quick $(BIN)/python -m pytest -n 2 -q tests

test: .venv/dev.stamp lint
	POOLMATCH_RING=test $(BIN)/python -m pytest -n 3 --dist worksteal --nbmake tests notebooks

soak: .venv/dev.stamp
	POOLMATCH_RING=soak $(BIN)/python -m pytest -n 3 --dist worksteal --nbmake tests notebooks

# The quick tests under one Python, on the lowest versions of everything that pyproject.toml allows and on the newest.
matrix:
	$(PYTHON) requirements/matrix.py

lint: .venv/dev.stamp
	$(MAKE) -j2 types imports

types:
	$(BIN)/mypy

imports:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

# The package itself is installed in place, without its dependencies: those come hash-locked from requirements/.
.venv/run.stamp: requirements/run.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "poolmatch needs Python 3.11 or later"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) install --no-compile --require-hashes -r requirements/run.txt
	$(PIP) install --no-build-isolation --no-deps --editable .
	touch $@

.venv/dev.stamp: requirements/dev.txt .venv/run.stamp
	$(PIP) install --no-compile --require-hashes -r requirements/dev.txt
	touch $@

# For maintainers: the locks, the committed JSON Schema, the sample's workbook and expected values, the measurements.
lock:
	uv pip compile pyproject.toml requirements/build.in --extra excel --extra progress $(LOCK) -o requirements/run.txt
	uv pip compile pyproject.toml requirements/build.in --extra dev $(LOCK) -o requirements/dev.txt
LOCK := --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url

messages: .venv/dev.stamp
	$(BIN)/python -m tests.messages.regenerate_page

schema: .venv/dev.stamp
	$(BIN)/python -m tests.regenerate_schema
	$(BIN)/python -m tests.regenerate_rules_in_dutch

# The pictures of docs/van-lege-werkmap-naar-rooster.md, by LibreOffice, Chromium and poppler's tools.
pictures: .venv/dev.stamp
	$(BIN)/python -m tests.guide_pictures

sample: .venv/dev.stamp
	$(BIN)/python -m tests.make_expected
	$(BIN)/python -m tests.sample_pages

benchmark: .venv/dev.stamp
	$(BIN)/python -m benchmarks

clean:
	rm -rf .venv roster
