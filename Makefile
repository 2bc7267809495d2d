# Claimbase: everything that is done with it here, by name. `make` alone lists them.

PORT ?= 8000
# python3 where that is new enough, else the newest that is installed beside it.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
ARGS ?=
BIN := .venv/bin
SAMPLE := var/sample-$(PORT)
# pip would compile every module of every package; Python compiles those that are used, when they are.
PIP := $(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check --retries 2
LOCKED := uv pip compile --universal --generate-hashes --no-header --no-annotate --quiet --extra postgres

# The sample is a world of its own: no setting of another installation may reach it.
unexport CLAIMBASE_DATABASE_URL CLAIMBASE_READ_DATABASE_URL CLAIMBASE_BASE CLAIMBASE_CONFIG CLAIMBASE_DATA

# Packages are compiled when they are first used: where nothing may be kept of that, every start would do it again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test test-all looks check format lock measure bench bench-check bench-million

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/.installed ## Serve the sample on PORT (8000), made at the first start: make run PORT=8001
	@test -f $(SAMPLE)/claimbase.db || { \
		CLAIMBASE_DATA=$(SAMPLE) $(BIN)/claimbase init --sample --base http://localhost:$(PORT)/ && \
		test -f $(SAMPLE)/claimbase.db; }
	@CLAIMBASE_DATA=$(SAMPLE) exec $(BIN)/claimbase serve --port $(PORT)

test: .venv/.installed-dev ## Run the tests but the slow ones: make test ARGS="-k quote"
	@$(BIN)/pytest -n 2 --dist loadgroup -m "not slow" $(ARGS)

test-all: .venv/.installed-dev ## Run every test
	@$(BIN)/pytest -n 2 --dist loadgroup $(ARGS)

looks: .venv/.installed-dev ## Take pictures of every type of page into .looks/
	@rm -rf .looks
	@$(BIN)/pytest -q tests/journeys/test_looks.py $(ARGS)

check: .venv/.installed-dev ## Format, lint, types, imports, and migrations against models: before every push
	@$(BIN)/ruff format --check --quiet . || { echo "Not formatted: run \`make format\`."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo importlinter.ini
	@$(BIN)/pytest -q tests/migrations -k "difference or are_the_same"

format: .venv/.installed-dev ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix-only .

lock: .venv/.installed-dev ## Write the lock files anew from pyproject.toml; LOCK=--upgrade takes newer versions
	$(BIN)/$(LOCKED) $(LOCK) pyproject.toml requirements.in -o requirements.lock
	@$(BIN)/$(LOCKED) $(LOCK) --group dev pyproject.toml requirements.in -c requirements.lock -o requirements-dev.lock

measure: .venv/.installed-dev ## Report the house numbers; nothing enforces them
	@$(BIN)/python tests/house/measure.py

bench: .venv/.installed-dev ## Measure everything beside its peers into docs/performance.md: make bench ARGS="export pages"
	@$(BIN)/python -m bench $(ARGS)

bench-check: .venv/.installed-dev ## Measure the short rows anew, and name each ratio that fell by more than a third
	@$(BIN)/python -m bench --check $(ARGS)

bench-million: .venv/.installed-dev ## Export, pages, search and lookups over 1,000,000 light claims: hours, unattended
	@$(BIN)/python -m bench --million $(ARGS)

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Claimbase needs Python 3.11 or newer: install it, or name it: make run PYTHON=…"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is older than Python 3.11: install a newer one, or name it: make run PYTHON=…"; exit 2; }
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || { rm -rf .venv; \
		echo "Python's venv module is missing: install it (Debian: apt-get install python3-venv) and try again."; exit 2; }

.venv/.installed: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Installing what Claimbase needs into .venv; this happens once."
	@$(PIP) --require-hashes -r requirements.lock 2>.venv/pip.log || { $(NOT_INSTALLED); exit 2; }
	@$(PIP) --no-deps --no-build-isolation -e . 2>.venv/pip.log || { $(NOT_INSTALLED); exit 2; }
	@touch $@

.venv/.installed-dev: requirements-dev.lock pyproject.toml | .venv/bin/python
	@echo "Installing what the tests need into .venv; this happens once."
	@$(PIP) --require-hashes -r requirements-dev.lock 2>.venv/pip.log || { $(NOT_INSTALLED); exit 2; }
	@$(PIP) --no-deps --no-build-isolation -e . 2>.venv/pip.log || { $(NOT_INSTALLED); exit 2; }
	@touch .venv/.installed $@

NOT_INSTALLED = grep -m 1 '^ERROR' .venv/pip.log; \
	echo "The packages could not be installed: see that the package registry can be reached (pip.conf, proxy), and try again; all of pip's words are in .venv/pip.log."
