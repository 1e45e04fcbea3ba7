# Two commands: `make run` and `make test`. Each one sets up whatever is missing first.

PORT ?= 5000
HOST ?= 127.0.0.1
PYTHON ?= python3

BIN := .venv/bin
STAMPS := .stamps
STATIC_SOURCES := $(shell find static/css static/js static/rich -type f 2>/dev/null)
CATALOGUES := $(shell find intranet/translations -name '*.po' 2>/dev/null)
LOCK := $(BIN)/uv pip compile --universal --generate-hashes --python-version 3.11 --no-header -q

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run demo test lint format types oracles pdf bench bench-count bench-search fidelity translations migration docs lock wheel bundle clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMPS)/runtime $(STAMPS)/bundle $(STAMPS)/catalogues ## Install what the product needs to run
	@:
setup-dev: $(STAMPS)/dev $(STAMPS)/bundle $(STAMPS)/catalogues
	@:

run: setup ## Serve on http://127.0.0.1:5000 (PORT=5055, HOST=0.0.0.0, INTRANET_INSTANCE=DIR)
	@exec $(BIN)/intranet serve --host $(HOST) --port $(PORT)

demo: export INTRANET_INSTANCE ?= instance-demo
demo: setup ## Serve the example cooperative, in a folder of its own
	@$(BIN)/intranet demo
	@exec $(BIN)/intranet serve --host $(HOST) --port $(PORT)

test: setup-dev ## Run every check, as the project's own continuous integration does
	@sh scripts/check.sh

lint: setup-dev ## Check style, templates and dependencies
	@sh scripts/check.sh lint

format: setup-dev ## Rewrite the Python files in the house format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: setup-dev ## Check the types
	@$(BIN)/mypy

bench: setup-dev ## Measure the product beside a bare Flask page; writes docs/benchmarks.md
	@$(BIN)/python -m benchmarks.run

bench-search: setup-dev ## Measure how well and how quickly each search backend finds; writes docs/benchmarks.md
	@$(BIN)/python -m benchmarks.search --write

bench-count: setup-dev ## Measure how long each method takes to count 10,000 ballots
	@$(BIN)/python -m benchmarks.counting

fidelity: setup-dev ## Open real pages in the rich editor, save them and see what changed
	@$(BIN)/python -m benchmarks.fidelity

pdf: setup ## Add what makes PDF files (the system needs the library Pango)
	@sh scripts/install.sh requirements-pdf.lock

oracles: setup-dev ## Compare our counts with counting programs of other people
	@sh scripts/install.sh requirements-oracles.lock
	@$(BIN)/pytest -m oracle

translations: setup-dev ## Collect the strings members read into the catalogues
	@sh scripts/translations.sh update

migration: setup-dev ## Write the next migration from the models (MESSAGE="Add the meetings")
	@$(BIN)/flask --app intranet.migrate:development db migrate -m "$(MESSAGE)"

docs: setup-dev ## Write docs/permissions.md from the code
	@$(BIN)/intranet permissions --markdown > $(STAMPS)/permissions.md
	@mv $(STAMPS)/permissions.md docs/permissions.md

lock: $(STAMPS)/uv ## Choose the versions again and write the lock files
	@$(LOCK) pyproject.toml --extra postgres -o requirements.lock
	@$(LOCK) pyproject.toml --extra dev -o requirements-dev.lock
	@$(LOCK) pyproject.toml --extra pdf -c requirements-dev.lock -o requirements-pdf.lock
	@$(LOCK) pyproject.toml --extra oracles -c requirements-dev.lock -o requirements-oracles.lock
	@for tool in build node uv; do \
		$(LOCK) scripts/requirements-$$tool.in -c requirements-dev.lock \
			-o scripts/requirements-$$tool.lock; done

wheel: setup-dev ## Build the wheel into dist/
	@$(BIN)/python -m hatchling build -t wheel

bundle: $(STAMPS)/runtime ## Build the style sheets and scripts again
	@rm -f $(STAMPS)/node_modules $(STAMPS)/bundle
	@$(MAKE) --no-print-directory $(STAMPS)/bundle

clean: ## Remove what was installed and built; the instance folders stay
	@rm -rf .venv node_modules $(STAMPS) static/build dist .mypy_cache .ruff_cache .hypothesis
	@find intranet -name '*.mo' -delete

# ---- The steps of the set-up. A stamp is a file that remembers that its step was done. ----

$(STAMPS)/uv:
	@mkdir -p $(STAMPS) 2>/dev/null || { \
		echo "The folder $(CURDIR) is not writable for you, so nothing can be set up in it." >&2; exit 1; }
	@sh scripts/create-environment.sh $(PYTHON)
	@touch $@

$(STAMPS)/runtime: requirements.lock pyproject.toml $(STAMPS)/uv
	@sh scripts/install.sh requirements.lock
	@touch $@

$(STAMPS)/dev: requirements-dev.lock $(STAMPS)/runtime
	@sh scripts/install.sh requirements-dev.lock
	@touch $@

$(STAMPS)/node_modules: package.json package-lock.json .npmrc $(STAMPS)/runtime
	@sh scripts/front-end.sh packages
	@touch $@

$(STAMPS)/bundle: $(STAMPS)/node_modules scripts/bundle.mjs $(STATIC_SOURCES)
	@sh scripts/front-end.sh bundle
	@touch $@

$(STAMPS)/catalogues: $(STAMPS)/runtime $(CATALOGUES)
	@sh scripts/translations.sh compile
	@touch $@

# A stamp is not believed when what it remembers was removed.
ifeq ($(wildcard $(BIN)/uv),)
.PHONY: $(STAMPS)/uv
endif
ifeq ($(wildcard node_modules $(STAMPS)/without-bundle),)
.PHONY: $(STAMPS)/node_modules
endif
ifeq ($(wildcard static/build $(STAMPS)/without-bundle),)
.PHONY: $(STAMPS)/bundle
endif
