# The verbs of the project; `make help` lists them. Needs Python 3.11–3.13 with venv, and make.

VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
DEMO ?= 1
# The first Python that Stins runs on (3.11.2 is Debian 12's own); PYTHON=… chooses another.
FITS := import sys, venv, ensurepip; sys.exit(not (3, 11, 2) <= sys.version_info[:3] < (3, 14))
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3; do \
	$$name -c '$(FITS)' 2>/dev/null && echo $$name && break; done)
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes

.PHONY: help run demo migrate test lint audit bench format messages screenshots
.DEFAULT_GOAL := help

help: ## List the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/installed ## Start Stins with the demo municipality (PORT=8001; DEMO=0 starts it empty)
	@DEMO=$(DEMO) PORT=$(PORT) $(BIN)/python -m config.run

demo: $(VENV)/installed ## Load the demo municipality, without starting the server
	@DEMO=1 $(BIN)/python -m config.run --prepare

migrate: $(VENV)/installed ## Bring the database up to date
	@$(BIN)/python manage.py migrate

test: $(VENV)/installed-dev ## Run every check: lint, tests on SQLite and PostgreSQL, and in a browser
	@tests/run.sh

lint: $(VENV)/installed-dev ## Check style, types, templates and import contracts
	@tests/lint.sh

audit: $(VENV)/installed ## Ask whether what Stins runs on has known weaknesses (needs the network)
	@tests/audit.sh

bench: $(VENV)/installed-dev ## Print the performance table
	@$(BIN)/python -m bench

format: $(VENV)/installed-dev ## Write code and templates in the house style
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .
	@git ls-files -z '*.html' | xargs -0 $(BIN)/djade --quiet --target-version 5.2

# Compiled catalogues are kept in the repository, since a user's machine has no msgfmt.
messages: $(VENV)/installed-dev ## Collect and compile the texts to translate (needs gettext)
	@$(BIN)/python manage.py makemessages --locale sv --no-location --no-obsolete \
		--ignore tests --ignore bench --ignore var --ignore $(VENV)
	@$(BIN)/python manage.py compilemessages --ignore $(VENV)

screenshots: $(VENV)/installed-dev ## Take the pictures of the README from a running demo
	@PORT=$(PORT) $(BIN)/python -m tests.e2e.screenshots

# The stamps hold when each requirements file was last installed.
$(VENV)/installed: requirements.txt | $(VENV)/bin/pip
	@echo "Installerar paket … / Installing packages …"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	@echo "Installerar paket för kontrollerna … / Installing packages for the checks …"
	@$(PIP) -r requirements.txt -r requirements-dev.txt
	@touch $@

$(VENV)/bin/pip:
	@if [ -z "$(PYTHON)" ]; then \
		echo "Stins behöver Python 3.11, 3.12 eller 3.13 med venv. På Debian: apt install make python3-venv"; \
		echo "Stins needs Python 3.11, 3.12 or 3.13 with venv. On Debian: apt install make python3-venv"; \
		exit 1; \
	fi
	@$(PYTHON) -m venv --clear $(VENV)
