# Every command that a person or CI runs. `make` prints them.
#
#   make run PORT=8090          another port than 8080
#   make run VAR=/tmp/memo      another folder for the data than var/
#   make test ARGS="-k places"  arguments for pytest

VENV   ?= .venv
VAR    ?= var
PORT   ?= 8080
PYTHON ?= python3
ARGS   ?=

# A developer's own settings must not change what is run or tested.
unexport PYTHONPATH PYTHONHOME

IN_VENV := $(VENV)/bin/python
SETUP   := PYTHONDONTWRITEBYTECODE=1 $(PYTHON) -m shared.devkit.setup --venv $(VENV)

.DEFAULT_GOAL := help
.PHONY: help run demo test sure verify lint bench screenshots messages migrations locks backup restore assets clean

help: ## Print this list
	@echo "make run starts the whole platform, make test checks it. All commands:"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: ## Start everything on this machine; PORT=8090 and VAR=/tmp/x choose port and folder
	@$(SETUP) run
	@exec $(IN_VENV) -m shared.devkit.runner run --var $(VAR) --port $(PORT)

demo: ## Go the whole way from sign-up to certificate in a real browser, on the running platform
	@$(SETUP) test
	@$(SETUP) browser
	@$(IN_VENV) -m shared.devkit.journey --base-url http://127.0.0.1:$(PORT) --var $(VAR) $(ARGS)

test: ## Run all tests, browser journeys included, on embedded engines
	@$(SETUP) test
	@$(SETUP) browser
	@$(SETUP) softhsm
	@$(IN_VENV) -m pytest $(ARGS) < /dev/null

sure: lint test ## What CI asks for: lint and all tests

verify: ## Check a certificate from a file: FILE=badge.png ARGS="--offline --did did.json"
	@$(SETUP) run
	@$(IN_VENV) -m services.certification.verifier $(or $(FILE),$(error say which file: make verify FILE=…)) $(ARGS)

lint: ## Check style, types and import contracts
	@$(SETUP) packages
	@$(IN_VENV) -m ruff check .
	@$(IN_VENV) -m ruff format --check .
	@$(IN_VENV) -m mypy
	@$(VENV)/bin/lint-imports

bench: ## Measure pages, writes, tasks and page weight; prints ratios
	@$(SETUP) test
	@$(SETUP) browser
	@$(IN_VENV) -m bench $(ARGS)

screenshots: ## Save the running platform's pages in every language and size below VAR
	@$(SETUP) test
	@$(SETUP) browser
	@$(IN_VENV) -m shared.devkit.screenshots --base-url http://127.0.0.1:$(PORT) --var $(VAR) $(ARGS)

messages: ## Collect new sentences of pages and mails into the catalogues and compile them
	@$(SETUP) packages
	@$(IN_VENV) -m shared.devkit.catalogues update
	@$(IN_VENV) -m shared.devkit.catalogues compile

migrations: ## Compare models and migrations; NEW="what changes" SERVICE=enrollment writes the next one
	@$(SETUP) packages
	@$(IN_VENV) -m shared.devkit.migrations $(if $(SERVICE),--service $(SERVICE)) $(if $(NEW),--new "$(NEW)")

LOCK = $(VENV)/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet pyproject.toml
locks: ## Resolve requirements/*.txt anew after a change of pyproject.toml
	@$(SETUP) packages
	@$(LOCK) -o requirements/runtime.txt
	@$(LOCK) --extra engines --extra assets -c requirements/runtime.txt -o requirements/run.txt
	@$(LOCK) --extra engines --extra assets --extra test -c requirements/run.txt -o requirements/test.txt

backup: ## Save databases, documents and keys of VAR into a dated folder below TO (default: backups/)
	@$(SETUP) run
	@$(IN_VENV) -m shared.devkit.backup save --var $(VAR) --to $(or $(TO),backups)

restore: ## Fill an empty VAR from a backup: make restore FROM=backups/2026-11-23T10-00-00 VAR=/tmp/memo
	@$(SETUP) run
	@$(IN_VENV) -m shared.devkit.backup restore --var $(VAR) --from $(or $(FROM),$(error say which backup: make restore FROM=backups/…))

assets: ## Build the stylesheet and scripts, and compile the translations
	@$(SETUP) run

clean: ## Remove what was built and installed; var/ with its data stays
	rm -rf $(VENV) build shared/ui/static/dist shared/ui/assets/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find shared services tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
	find shared services -name '*.mo' -delete
