# Two commands matter: `make run` (the demo) and `make test` (lint, types, tests, quality gate).
PYTHON ?= python3
VENV := .venv
STAMP := $(VENV)/.installed
PANTAU := $(VENV)/bin/pantau

# An environment that was moved with its folder, or whose Python the system has replaced since, is made again.
USABLE := grep -sqF "$$(pwd -P)/$(VENV)/bin/python" $(VENV)/bin/pip && $(VENV)/bin/python -c "import pip" 2>/dev/null
ifneq ($(shell $(USABLE) || echo no),)
.PHONY: $(STAMP)
endif

# Pythons for which every pinned library comes ready-made; for others pip would want compilers.
CHECK := import sys; sys.exit(None if (3, 11) <= sys.version_info < (3, 15) else "Pantau needs Python 3.11 to 3.14, this is %s.%s; name one with: make PYTHON=python3.12" % sys.version_info[:2])

# Where the folder may not be written, once installed, the checkers do without their caches.
ifneq ($(shell test -w . || echo no),)
export RUFF_NO_CACHE := true
export MYPY_CACHE_DIR := /dev/null
endif

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
	@$(USABLE) || { $(PYTHON) -c '$(CHECK)' && { $(PYTHON) -m venv --clear $(VENV) || { \
		$(PYTHON) -m venv --clear --without-pip $(VENV) && $(PYTHON) -m pip --python $(VENV)/bin/python install --quiet pip; }; }; }
	@echo "Installing the libraries into $(VENV); the first time some 300 MB are fetched, which takes minutes"
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements.lock || { \
		echo "Not installed, for what is said above. Is there internet? Behind a proxy, name it and try again: export https_proxy=http://HOST:PORT"; exit 1; }
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
