# What a person runs: make demo, make test. Needs Python 3.11 or newer with venv, git and make; a package
# registry is asked once, when the environment is made.

SHELL := /bin/sh
VENV := .venv
MODEL_VENV := .venv-model
BIN := $(VENV)/bin
SHARED ?= ../shared
# make bench reads each fifth report; EVERY=1 reads all.
EVERY ?= 5
LOCKED := python -m pip --disable-pip-version-check install --quiet --require-hashes --no-deps
# Dragoman itself, in place: its build tool is among the locked dependencies, nothing else is fetched.
IN_PLACE := python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --no-index -e .
# Libraries of the pages come from npm, locked, into ignored folders; without them the pages are plain.
VENDOR := src/dragoman/web/static/vendor
D3 := dispatch timer color interpolate selection ease transition drag zoom
NPM_CI := npm ci --prefix frontend --ignore-scripts --no-audit --no-fund --silent \
	--fetch-retries=1 --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=2000 --fetch-timeout=20000
ONE_THREAD := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1

# The first Python that is new enough and can make an environment; PYTHON=/path/to/python overrides it.
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3 python; do \
	"$$python" -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
	2>/dev/null && echo "$$python" && break; done)

.PHONY: help demo test check browser eval pin bench spans model lock docs clean
.DEFAULT_GOAL := help

help:  ## Say what there is to make
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: $(VENV)/run.stamp $(VENV)/frontend.stamp  ## Read the example reports and print their timeline with its evidence
	@$(BIN)/dragoman read examples --timeline

test: check  ## Set up, lint, check types, run the tests

check: $(VENV)/dev.stamp $(VENV)/frontend.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy tests/typing
	$(ONE_THREAD) $(BIN)/pytest -n 2

browser: $(VENV)/dev.stamp $(VENV)/frontend.stamp build/corpus.dossier  ## Drive every page and decision on the dossier of all of ../shared/corpora
	DRAGOMAN_CORPUS=build/corpus.dossier DRAGOMAN_SHOTS=build/screenshots $(ONE_THREAD) \
		$(BIN)/pytest -n 2 tests/web -k "corpus"

# Built once, minutes; a draft until it is whole.
build/corpus.dossier: | $(VENV)/dev.stamp
	@mkdir -p build
	@$(BIN)/dragoman build $(foreach name,kremlin voa whitehouse wikinews,$(SHARED)/corpora/$(name).jsonl) \
		--into build/corpus.draft --workers 2
	@mv build/corpus.draft $@

eval: $(VENV)/dev.stamp  ## Score against gold and bench sets, fail below the floors (MISSES=file lists the misses)
	$(ONE_THREAD) $(BIN)/python -m dragoman.evaluation eval --shared $(SHARED) --floors evaluation/floors.toml $(if $(MISSES),--misses $(MISSES))

pin: $(VENV)/dev.stamp  ## Raise the floors to what is measured now (LOWER=--lower also lowers them)
	$(ONE_THREAD) $(BIN)/python -m dragoman.evaluation eval --shared $(SHARED) --floors evaluation/floors.toml --pin $(LOWER)

bench: $(VENV)/dev.stamp  ## Words and reports a second on one core, memory, share of each stage
	$(ONE_THREAD) $$(command -v taskset >/dev/null && echo taskset -c 0) \
		$(BIN)/python -m dragoman.evaluation bench --shared $(SHARED) --every $(EVERY)

spans: $(VENV)/dev.stamp  ## Check text[start:end] == exact for every span over all of ../shared/corpora
	$(ONE_THREAD) $(BIN)/python -m dragoman.evaluation spans --shared $(SHARED)

model: $(MODEL_VENV)/stamp  ## Train the language model anew (about an hour; takes a GPU where there is one)
	$(MODEL_VENV)/bin/python training/train.py --shared $(SHARED)
	$(MODEL_VENV)/bin/python training/export.py --shared $(SHARED)

lock: $(VENV)/lock.stamp  ## Resolve the dependencies anew and write the lock files
	$(BIN)/uv pip compile --quiet pyproject.toml requirements-build.in --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-header --upgrade --output-file requirements.lock
	$(BIN)/uv pip compile --quiet pyproject.toml requirements-build.in --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-header --constraint requirements.lock --output-file requirements-dev.lock
	$(BIN)/uv pip compile --quiet pyproject.toml requirements-build.in training/requirements.in --universal \
		--python-version 3.11 --generate-hashes --no-annotate --no-header --constraint requirements.lock \
		--output-file training/requirements.lock

docs: $(VENV)/dev.stamp $(VENV)/frontend.stamp  ## Run what the documents show, put the real output under it, take their pictures
	$(BIN)/python tools/refresh_docs.py
	DRAGOMAN_IMAGES=docs/images $(BIN)/pytest -n 0 tests/web/test_tutorial.py

clean:  ## Remove the environments and what tools leave behind
	rm -rf $(VENV) $(MODEL_VENV) $(VENDOR) frontend/node_modules build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Environments: made once, made again only when their lock changes.

define need-python
	@if [ -z "$(PYTHON)" ]; then \
		echo "No Python from 3.11 to 3.13 with its venv module was found on PATH. Install one (Debian:" >&2; \
		echo "apt install python3 python3-venv) or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11" >&2; \
		exit 1; \
	fi
endef

$(VENV)/bin/python:
	$(call need-python)
	@echo "Making $(VENV) with $$($(PYTHON) --version)" >&2
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing the locked dependencies (once, about a minute)" >&2
	@$(BIN)/$(LOCKED) -r requirements.lock
	@$(BIN)/$(IN_PLACE)
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing the locked dependencies with the developer's tools (once, about a minute)" >&2
	@$(BIN)/$(LOCKED) -r requirements-dev.lock
	@$(BIN)/$(IN_PLACE)
	@touch $@ $(VENV)/run.stamp

# A missing Node or registry is said, and stops nothing: every page works without script.
$(VENV)/frontend.stamp: frontend/package.json frontend/package-lock.json | $(VENV)/bin/python
	@rm -rf $(VENDOR)
	@if ! command -v npm >/dev/null 2>&1; then \
		echo "Node is not installed (Debian: apt install npm): the pages come without their libraries" >&2; \
	elif ! $(NPM_CI) >&2; then \
		echo "npm could not bring the libraries of the pages; to try again: rm $@" >&2; \
	else \
		mkdir -p $(VENDOR) && cp frontend/node_modules/htmx.org/dist/htmx.min.js $(VENDOR)/htmx.js && \
		cat $(foreach part,$(D3),frontend/node_modules/d3-$(part)/dist/d3-$(part).min.js) > $(VENDOR)/d3-zoom.js && \
		for name in htmx.org $(D3:%=d3-%); do \
			echo "$$name" && cat frontend/node_modules/$$name/LICENSE && echo; \
		done > $(VENDOR)/LICENSES.txt; \
	fi
	@touch $@

$(VENV)/lock.stamp: | $(VENV)/bin/python
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet uv
	@touch $@

$(MODEL_VENV)/stamp: training/requirements.lock pyproject.toml
	$(call need-python)
	@echo "Installing what training needs (once, some gigabytes)" >&2
	@rm -rf $(MODEL_VENV)
	@$(PYTHON) -m venv $(MODEL_VENV)
	@$(MODEL_VENV)/bin/$(LOCKED) -r $<
	@$(MODEL_VENV)/bin/$(IN_PLACE)
	@touch $@
