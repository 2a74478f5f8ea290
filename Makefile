# The two commands a newcomer needs are `make run` and `make test`; both set up .venv themselves.
PYTHON ?= python3
BIN = .venv/bin
INSTALL = $(BIN)/python -m pip install --quiet --constraint constraints.txt
# Tests start processes, and each would compile all modules anew where the environment forbids to keep them.
export PYTHONDONTWRITEBYTECODE =

.PHONY: run test bench screenshots clean

run: .venv/run.stamp
	$(BIN)/aggregator run --config config/aggregator.toml

# All checks; `make test STAGE=publish` runs the tests of one stage, the folder tests/publish.
test: .venv/test.stamp
ifdef STAGE
	$(BIN)/python -m pytest tests/$(STAGE)
else
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest
endif

# A refresh beside other programs, and where its seconds go.
bench: .venv/run.stamp
	$(BIN)/python benchmarks/refresh.py
	$(BIN)/python benchmarks/refresh.py --stages

# The pictures of the README; needs chromium.
screenshots: .venv/browser.stamp
	$(BIN)/python tools/screenshots.py

clean:
	rm -rf .venv

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run.stamp: pyproject.toml constraints.txt | .venv/bin/python
	$(INSTALL) --editable .
	touch $@

# What tests need is compiled when it is imported: that is a small part of it.
.venv/test.stamp: pyproject.toml constraints.txt | .venv/bin/python
	$(INSTALL) --no-compile --editable '.[test]'
	touch .venv/run.stamp $@

.venv/browser.stamp: pyproject.toml constraints.txt | .venv/bin/python
	$(INSTALL) --no-compile --editable '.[browser,test]'
	touch .venv/run.stamp .venv/test.stamp $@
