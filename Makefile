# Two commands for a newcomer: `make run` and `make test`. The rest is for those who stay.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test test-sqlite test-postgresql test-browser drill chance lint format lock shots guide-pictures bench lighthouse clean

## run: set up what is missing and serve on http://127.0.0.1:$(PORT) with demo content (SQLite)
run: $(VENV)/.ready
	@BIN=$(BIN) PORT=$(PORT) sh portal/run.sh

## test: lint, then the whole suite on SQLite, on PostgreSQL and in a browser
test: lint test-sqlite test-postgresql test-browser

test-sqlite: $(VENV)/.ready-dev
	@echo "== SQLite"
	@$(BIN)/python -m tests.run -n 2 -m "not browser and not drill" $(ARGS)

test-postgresql: $(VENV)/.ready-dev
	@echo "== PostgreSQL"
	@$(BIN)/python -m tests.run --postgresql -n 2 -m "not browser and not drill" $(ARGS)

test-browser: $(VENV)/.ready-dev
	@sh tests/browser/need_chromium.sh
	@echo "== Browser"
	@$(BIN)/python -m tests.run -n 2 -m "browser and not drill" $(ARGS)

## drill: the long rehearsals
drill: $(VENV)/.ready-dev
	@$(BIN)/python -m tests.run -n 2 -m drill $(ARGS)

## chance: the properties, on examples not tried before
chance: $(VENV)/.ready-dev
	@$(BIN)/python -m tests.run -n 2 -m "hypothesis and not browser and not drill" --hypothesis-profile=chance $(ARGS)

## lint: style, templates, migrations, deployment settings
lint: $(VENV)/.ready-dev
	@echo "== Lint"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check -q .
	@$(BIN)/djlint --lint --quiet templates
	@SECRET_KEY=lint-only DEBUG=0 $(BIN)/python manage.py makemigrations --check --dry-run

## format: let the machines arrange the code
format: $(VENV)/.ready-dev
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .

## lock: pin requirements*.in with hashes
lock: $(VENV)/.ready-dev
	@for name in requirements requirements-dev; do \
	  $(BIN)/pip-compile -q --strip-extras --generate-hashes --allow-unsafe --no-header \
	    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o $$name.txt $$name.in; \
	done

## shots: pictures of every page, light and dark, phone and desk, into var/shots
shots: $(VENV)/.ready-dev
	@sh tests/browser/need_chromium.sh
	@$(BIN)/python -m tests.browser.take_shots var/shots

## guide-pictures: the pictures in docs/vi, taken anew from a demo site of its own
guide-pictures: $(VENV)/.ready-dev
	@sh tests/browser/need_chromium.sh
	@$(BIN)/python -m tests.browser.take_guide_pictures docs/img/vi

## bench: what each page asks of a PostgreSQL with REPORTS reports, the desk's beside its limits; with wrk, pages a second as well
REPORTS ?= 200000
bench: $(VENV)/.ready-dev
	@$(BIN)/python -m bench.questions --reports $(REPORTS)
	@$(BIN)/python -m bench.desk --reports $(REPORTS)
	@$(BIN)/python -m bench.pages

## lighthouse: a phone's view of the main pages, on a demo site of its own (needs Node)
lighthouse: $(VENV)/.ready-dev
	@sh tests/browser/need_chromium.sh
	@$(BIN)/python -m bench.lighthouse

clean:
	rm -rf $(VENV) var staticfiles

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Python 3.11 or newer is needed: make run PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "Python's venv module is missing: on Debian, apt-get install python3-venv"; exit 1; }

$(VENV)/.ready: requirements.txt | $(VENV)/bin/python
	@echo "Installing libraries…"
	@$(BIN)/pip install -q --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.ready-dev: requirements-dev.txt | $(VENV)/bin/python
	@echo "Installing libraries for the tests…"
	@$(BIN)/pip install -q --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.ready
