# Every chore has one name here. Needs git, make and Python 3.11 or newer with venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint bench docs words pins clean

demo: $(VENV)/.main
	$(BIN)/jinwei demo

test: $(VENV)/.dev
	$(BIN)/pytest -n auto --dist loadscope --no-loadscope-reorder

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.dev
	$(BIN)/python -m bench

docs: $(VENV)/.dev
	$(BIN)/python -m jinwei.reference docs/reference

words: $(VENV)/.dev
	DJANGO_SETTINGS_MODULE=jinwei.config.settings $(BIN)/python -m tests.messages

# Installed once per change of the pins; everything is pinned with hashes.
$(VENV)/.main: requirements/main.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/main.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: $(VENV)/.main requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

# Needs uv. Raises the pins; run the whole suite afterwards.
pins:
	uv pip compile --upgrade --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11 requirements/main.in -o requirements/main.txt
	uv pip compile --upgrade --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11 requirements/dev.in -o requirements/dev.txt

clean:
	rm -rf $(VENV) build var/demo
