# Two commands matter: `make run` (the demo) and `make test` (lint, types, tests, quality gate).
PYTHON ?= python3
VENV := .venv
STAMP := $(VENV)/.installed
PANTAU := $(VENV)/bin/pantau

.PHONY: run install test lint types words clean
run: $(STAMP)
	$(PANTAU) demo

install: $(STAMP)

test: $(STAMP) lint types
	$(VENV)/bin/pytest -n auto --dist worksteal

lint: $(STAMP)
	$(VENV)/bin/ruff check .

types: $(STAMP)
	$(VENV)/bin/mypy

# Makes the catalogues that are read (.mo) from those that people edit (.po).
words: $(STAMP)
	for lang in en; do $(VENV)/bin/pybabel -q compile -l $$lang -i monitor/render/locale/$$lang.po -o monitor/render/locale/$$lang.mo; done

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Pantau needs Python 3.11 or later; name one with: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	test -x $(VENV)/bin/pip || $(PYTHON) -m venv --clear $(VENV) || \
		{ $(PYTHON) -m venv --clear --without-pip $(VENV) && $(PYTHON) -m pip --python $(VENV)/bin/python install --quiet pip; }
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
