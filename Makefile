# make rehearse   the main job on the pretend Azure, from nothing but Python
# make test       every test
# make check      format, lint, types, import contracts
# make golden     record the golden transcripts again; needs the Pulumi CLI
# make bench      measurements, as ratios
# make probe      ask a real subscription how Azure behaves; needs SUBSCRIPTION, REGION and CAP_EUR
# make schemas    write the JSON schemas and the page of rules in docs/reference again
# make lock       resolve requirements.lock again
# make clean      forget the environment and the pretend Azure

PYTHON ?= python3
BIN := .venv/bin
# Of the provider's 300 packages the program uses these; compiling all of them would take minutes.
USED := . resources authorization cognitiveservices
STAMP := $(shell { cat requirements.lock; sed '/^\[tool\.ruff\]/,$$d' pyproject.toml; $(PYTHON) -V; pwd; } 2>&1 | cksum)

.PHONY: rehearse test check golden bench probe schemas lock clean env
.DEFAULT_GOAL := rehearse

rehearse: env
	@$(BIN)/rehearse tour

test: env
	@$(BIN)/pytest -n 2 -rs

check: env
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

golden: env
	@$(BIN)/python -m tests.golden.record

bench: env
	@$(BIN)/python bench/no_change.py
	@PYTHONPATH=. $(BIN)/python bench/month.py
	@PYTHONPATH=. $(BIN)/python bench/many.py
	@PYTHONPATH=. $(BIN)/python bench/rules.py

probe: env
	@test -n "$(RETURN)" -o -n "$(SUBSCRIPTION)" -a -n "$(REGION)" -a -n "$(CAP_EUR)" || { \
	  echo 'error: a probe of real Azure costs money, so it needs to know where, and how much at most'; \
	  echo 'hint: run `make probe SUBSCRIPTION=<id> REGION=swedencentral CAP_EUR=1`'; exit 1; }
	@$(BIN)/python -m ftdeploy.rehearsal.probe $(if $(RETURN),--return "$(RETURN)" $(if $(GIVE_UP),--give-up),\
	  --subscription "$(SUBSCRIPTION)" --region "$(REGION)" --cap-eur "$(CAP_EUR)" $(if $(LEAVE),--leave "$(LEAVE)") \
	  $(if $(MODEL),--model "$(MODEL)" --source "$(SOURCE)") $(if $(TENANT),--other-tenant "$(TENANT)") $(if $(ON_MACHINE),--on-machine))

schemas: env
	@$(BIN)/python -m ftdeploy.files.jsonschema docs/reference
	@$(BIN)/python -m ftdeploy.catalog.jsonschema docs/reference
	@$(BIN)/python -m ftdeploy.report.rules docs/reference/rules.md

# What is installed is remembered by content, so a change of the lock, of Python or of the folder installs again.
env:
	@test "$$(cat .venv/stamp 2>/dev/null)" = "$(STAMP)" || { \
	  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo 'error: $(PYTHON) is older than 3.11'; echo 'hint: run `make PYTHON=python3.11`'; exit 1; } && \
	  echo 'setting up .venv, once; this takes a minute' && \
	  $(PYTHON) -m venv --clear .venv && \
	  $(BIN)/pip install --disable-pip-version-check --quiet --no-compile --require-hashes --progress-bar on -r requirements.lock && \
	  $(BIN)/pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e . && \
	  $(BIN)/python -m compileall -q -j 0 -x pulumi_azure_native .venv/lib ftdeploy infra policies > /dev/null && \
	  $(BIN)/python -m compileall -q -l $(patsubst %,.venv/lib/python*/site-packages/pulumi_azure_native/%,$(USED)) && \
	  echo '$(STAMP)' > .venv/stamp; }

lock:
	@uv pip compile --quiet --all-extras --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  --universal --python-version 3.11 --output-file requirements.lock pyproject.toml

clean:
	@rm -rf .venv .rehearsal
