# Needs only make and Python 3.11 or later. `make` by itself lists what there is.

POLICY ?= policies/connect-housing.policy
CASES  ?= examples/complaints-log.xlsx
AS_AT  ?= 2026-10-31
OUT    ?= demo
# The example log comes with its mapping; a log of your own brings its own (MAP=map.yaml) or is read by its headings.
MAP    ?= $(if $(filter examples/complaints-log.xlsx,$(CASES)),examples/complaints-log.mapping.yaml)

VENV := .venv
ifeq ($(OS),Windows_NT)
  BIN := $(VENV)/Scripts
else
  BIN := $(VENV)/bin
endif
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
RECENT  := import sys; sys.exit(sys.version_info < (3, 11))

# The first Python that is recent enough; `make PYTHON=/path/to/python …` decides otherwise.
ifndef PYTHON
  PYTHON := $(shell for p in python3 python python3.14 python3.13 python3.12 python3.11; do \
    if $$p -c '$(RECENT)' >/dev/null 2>&1; then echo $$p; break; fi; done)
endif

# Tests never rewrite their expectations here, and a Python path from outside never decides what is imported.
unexport POLICYLANG_REGENERATE PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.PHONY: help demo test lint format clean
.DELETE_ON_ERROR:

help:
	@echo "make demo    assess an example policy and an example complaints log; the results go to $(OUT)/"
	@echo "make test    run the style checks, the type checks and every test"
	@echo "make lint    run the style checks and the type checks alone"
	@echo "make format  lay out the Python code in the standard way"
	@echo "make clean   remove everything that make has made"

# Exit code 1 means that something was found, which in a demonstration is the point.
demo: $(VENV)/installed
	@$(BIN)/python cli.py assess $(POLICY) $(CASES) $(if $(MAP),--map $(MAP)) --as-at $(AS_AT) --out $(OUT) --overwrite || test $$? -eq 1

test: lint
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/installed-dev
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy

format: $(VENV)/installed-dev
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

# The package is installed in place, so only a change of its dependencies makes a new installation necessary.
$(VENV)/installed: pyproject.toml setup.py $(VENV)/made
	@echo "Setting up (the first time takes about a minute) …"
	@$(INSTALL) --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml setup.py $(VENV)/made
	@echo "Setting up for tests (the first time takes a minute or two) …"
	@$(INSTALL) --editable ".[dev]"
	@touch $(VENV)/installed $@

# A .venv that runs is kept, whoever made it; one that does not (copied from elsewhere, its Python gone) is made again.
$(VENV)/made: $(if $(shell $(BIN)/python -c '$(RECENT)' >/dev/null 2>&1 && echo runs),,again)
	@if test -z "$(PYTHON)"; then \
	  echo "Python 3.11 or later is needed, and none was found. Get it from https://www.python.org/downloads/"; \
	  echo "If it is there under another name, say which: make PYTHON=/path/to/python demo"; exit 1; fi
	@$(PYTHON) -c '$(RECENT)' || { \
	  echo "Python 3.11 or later is needed; $(PYTHON) is older or does not run. Say which to use: make PYTHON=/path/to/python demo"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "This Python cannot make virtual environments. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }
	@$(BIN)/python -c '$(RECENT)' >/dev/null 2>&1 || { rm -rf $(VENV) && $(PYTHON) -m venv $(VENV); }
	@touch $@

.PHONY: again
again:

clean:
	rm -rf $(VENV) build dist demo *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
