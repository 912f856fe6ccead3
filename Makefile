# The work of the repository, one target each. On Windows, or to open the course only: python start.py

BIN = .venv/bin
NOTEBOOKS = $(wildcard notebooks/*.ipynb)

# The first Python that works: the environment's own, so that it is kept, then the newest one that the course supports.
SUPPORTED = import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON = $(shell for python in $(BIN)/python python3.13 python3.12 python3.11 python3 python; do \
	$$python -c '$(SUPPORTED)' 2>/dev/null && echo $$python && exit; done; echo python3)

PYTEST = $(BIN)/python -m pytest
CORPUS_TEST = tests/test_corpus.py::test_the_tests_of_an_assignment_are_fair
NBVAL = --nbval --nbval-sanitize-with=tests/nbval.cfg --nbval-cell-timeout=120

# Tests and notebooks run side by side, with small matrices: threads of their own would only be in each other's way.
export OPENBLAS_NUM_THREADS ?= 1

.DEFAULT_GOAL := help
.PHONY: help lab set-up test quick lint format notebooks release syllabus readme student corpus bench-live bench-matrices bench-autodiff bench-attention bench-algorithms bench-grade lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

lab: ## open the course in JupyterLab (options: make lab ARGS="--no-browser --port 9000")
	@$(PYTHON) start.py $(ARGS)

test: lint ## run every test that CI runs; does all its own set-up
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.postgres
	$(BIN)/python -W ignore -m tools.corpus  # on all cores, and with its rates to be seen: what CORPUS_TEST would ask again
	$(PYTEST) -n auto --dist loadfile $(NBVAL) --deselect $(CORPUS_TEST) tests $(NOTEBOOKS)

quick: set-up ## run the tests that the last changes of code can have broken, and no browser
	$(PYTEST) --testmon --ignore=tests/browser --deselect $(CORPUS_TEST) tests

lint: set-up ## check style and types, of notebooks too
	$(BIN)/ruff check --quiet --output-format=concise .
	$(BIN)/ruff format --check --quiet --output-format=concise .
	$(BIN)/mypy --no-error-summary

format: set-up ## put code and notebooks into the common style
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/ruff format .

notebooks: set-up ## run the lessons again and put them into normal form
	$(BIN)/python -m tools.notebooks run

release: set-up ## make release/ from source/
	$(BIN)/python -m tools.release

syllabus: set-up ## show what is taught and what is open
	$(BIN)/python -m tools.syllabus

readme: set-up ## write the syllabus's table and the way to Binder into the README
	$(BIN)/python -m tools.readme

student: set-up ## build the students' copy in build/
	$(BIN)/python -m tools.student

corpus: set-up ## grade the corpus of right and wrong answers, and print the rates
	$(BIN)/python -W ignore -m tools.corpus

# One version of each package for all Pythons; neither index nor folder is written down.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--custom-compile-command "make lock" pyproject.toml

bench-live: set-up ## measure in a real browser how quickly live figures follow the hand, beside interact
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m benchmarks.live $(ARGS)

bench-matrices: set-up ## measure how the cost of each decomposition grows, beside NumPy's
	$(BIN)/python -m benchmarks.matrices $(ARGS)

bench-autodiff: set-up ## measure what a gradient costs, beside autograd, PyTorch and micrograd
	$(BIN)/python -m benchmarks.autodiff $(ARGS)

bench-attention: set-up ## measure time and memory of attention as a text grows, beside PyTorch's
	$(BIN)/python -m benchmarks.attention $(ARGS)

bench-algorithms: set-up ## measure what each algorithm costs beside the library that its users would pick
	$(BIN)/python -m benchmarks.algorithms $(ARGS)

bench-grade: set-up ## measure how fast a class is graded, beside nbgrader autograde
	$(BIN)/python -m benchmarks.grade $(ARGS)

lock: set-up ## lock the versions again after a change of pyproject.toml (newer ones: make lock ARGS=--upgrade)
	$(LOCK) $(ARGS) --extra course --extra grading --output-file binder/requirements.txt
	$(LOCK) $(ARGS) --extra test --constraints binder/requirements.txt --output-file tests/requirements.txt

set-up:
	@$(PYTHON) start.py --setup-only --with tests

clean: ## remove what was made, but for work/, submissions and grades
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .testmondata*
