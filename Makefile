# make demo: the main job on seeds/ · make app: the review workbench · make test · make test-training · make check · make bench
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# PyTorch is large: training has an environment of its own.
TRAINING := .venv-training
PORT ?= 8501
export PYTHONUTF8 := 1

.PHONY: demo app test test-training check bench clean

demo: $(VENV)/.run
	$(BIN)/python -m glossary build seeds --out out/glossary.csv
	$(BIN)/python -m translate batch seeds --glossary out/glossary.csv --out out --to csv,html
	@echo "Open out/*.html in a browser, out/glossary.csv in a spreadsheet; 'make app' to review."

app: $(VENV)/.run
	@echo "Zhengming opens at http://127.0.0.1:$(PORT) (Ctrl+C ends it)"
	$(BIN)/streamlit run app/main.py --server.address 127.0.0.1 --server.port $(PORT)

test: $(VENV)/.test
	$(BIN)/python -m pytest -n 2 --dist loadfile --ignore tests/translate/jobs/test_cluster.py --ignore tests/training/neural
	$(BIN)/python -m pytest tests/translate/jobs/test_cluster.py

test-training: $(TRAINING)/.done
	$(TRAINING)/bin/python -m pytest tests/training/neural

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.bench
	$(BIN)/python -m benchmarks

clean:
	rm -rf out $(VENV) $(TRAINING)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.test: requirements-test.txt requirements-engines.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-test.txt
	touch $@

$(VENV)/.bench: requirements-bench.txt $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	touch $@

$(TRAINING)/.done: requirements-training.txt requirements-test.txt requirements.txt
	$(PYTHON) -m venv $(TRAINING)
	$(TRAINING)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-training.txt
	touch $@
