# Vedette's targets. `make run` starts it on a fresh machine, `make test` checks everything.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed

.PHONY: run setup test lint unit bench screenshots lock clean system

run: setup
	$(PY) -m vedette $(ARGS)

setup: $(STAMP)

# Names the Debian packages Qt needs, and installs them where it may.
system:
	@$(PYTHON) packaging/linux/check_system_libraries.py

$(STAMP): requirements.lock pyproject.toml | system
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "Vedette needs Python 3.11 or newer, this is " + sys.version'
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

lint: setup
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache

test: lint unit

unit: setup
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest $(PYTEST_ARGS)

bench: setup
	$(PY) -m tests.bench $(ARGS)

screenshots: setup
	QT_QPA_PLATFORM=offscreen $(PY) -m vedette screenshot --demo --out docs/images $(ARGS)

# Needs uv; every platform and Python in one file, with hashes, no registry named.
lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis
