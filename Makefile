# Vedette's targets. `make run` starts it on a fresh machine, `make test` checks everything.
# The first Python that is new enough; without any, the first check says what to do.
ifndef PYTHON
PYTHON := $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && exit; \
	done; echo python3)
endif
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed
PIP := $(PY) -m pip --quiet --disable-pip-version-check install

.PHONY: run setup test lint unit tour bench screenshots translations lock clean system api-reference client-table desktop-entry

run: setup
	$(PY) -m vedette $(ARGS)

setup: $(STAMP)

# Names the packages Python and Qt need, and installs them on Debian where it may.
system:
	@command -v $(PYTHON) >/dev/null || { echo "Vedette needs Python 3.11 or newer; on Debian or Ubuntu: \
	sudo apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) packaging/linux/check_system_libraries.py

$(STAMP): requirements.lock pyproject.toml | system
	@echo "Installing Vedette's environment into $(VENV); the first time this takes some minutes."
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $(STAMP)

lint: setup
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache

test: lint unit

# Half of a worker's time goes into waiting for the disk and for timers.
WORKERS := $(shell $(PYTHON) -c 'import os; print(min(8, 2 * (os.cpu_count() or 2)))')

unit: setup
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest tests --ignore=tests/flows -n $(WORKERS) $(PYTEST_ARGS)
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest tests/flows $(PYTEST_ARGS)

# The window from outside, on a virtual screen: needs Xvfb and the checker beside the project.
tour: setup
	VEDETTE_TOUR=$(or $(SIZES),small) $(PY) -m pytest tests/flows/test_tour.py $(PYTEST_ARGS)

bench: setup
	$(PY) -m tests.bench $(ARGS)

# The pictures of the docs, then every screen in every state in both sizes, to be looked at.
screenshots: setup
	QT_QPA_PLATFORM=offscreen $(PY) -m vedette screenshot --demo --out docs/images $(ARGS)
	QT_QPA_PLATFORM=offscreen $(PY) -m vedette screenshot --demo --states --out out/screens/1440x900
	QT_QPA_PLATFORM=offscreen $(PY) -m vedette screenshot --demo --states --size 1024x640 --out out/screens/1024x640

# Collects the texts of the window for translators, and compiles what they made of them.
translations: setup
	$(PY) packaging/translations/update.py

# Writes docs/using/api.md anew from the operations that are served.
api-reference: setup
	$(PY) packaging/docs/make_api_reference.py

# Sends the recorded corpus, where it lies beside the project, and writes docs/using/clients.md anew.
client-table: setup
	$(PY) packaging/docs/make_client_table.py

# Puts Vedette into the menu of this Linux desktop.
desktop-entry: setup
	$(PY) packaging/linux/install_desktop.py $(ARGS)

# Needs uv; every platform and Python in one file, with hashes, no registry named.
lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis
