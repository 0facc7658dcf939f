.DEFAULT_GOAL := help
BIN := .venv/bin

help:     ## Show this
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12
setup:    ## Everything a fresh clone needs
	python3 dev.py setup
run:      ## Set up, import the samples, serve
	python3 dev.py run
test: setup  ## All the tests, in parallel
	$(BIN)/python -m pytest -n auto
lint: setup  ## Format, style, types, and who imports whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
fix: setup   ## Repair what a machine can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
bench: setup ## Measure import and requests; takes some minutes
	$(BIN)/python -m bench
messages: setup ## Bring the catalogues up to what code and templates say
	$(BIN)/python -m translating
check: lint test  ## What a commit has passed

.PHONY: help setup run test lint fix bench messages check
