# The two commands a user needs: make demo, make test. `make` alone lists all of them.
#
# Each long step leaves a file that says it is finished (INSTALLED, TOOLS, NOCODB, SDK): a second call finds it and is
# quick, a half-finished step has none and is taken up again.

SHELL := bash
BIN := .venv/bin
PY := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input
INSTALLED := .venv/.installed
TOOLS := .venv/.tools
NOCODB := .kontaktnetz/node/installed.json
SDK := .kontaktnetz/sdk/installed
NODE_PARTS := $(wildcard kontaktnetz/embedded/node/*.* kontaktnetz/embedded/node/sqlite3-shim/*)
SDK_PARTS := $(wildcard tests/contract/node/*) tests/contract/sdk.py
PIP_TOOLS := pip-tools==7.6.2
LOCKED := --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras \
	--allow-unsafe --no-annotate --no-header --upgrade

# The first Python that is new enough; asked for only while there is no virtual environment.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
# A project folder that was moved or copied: the programs in .venv still name the old place, so it is made anew.
HERE := $(shell grep -qsF '$(CURDIR)/.venv' $(BIN)/activate && echo yes || rm -f $(INSTALLED) $(TOOLS))

PYTEST := $(PY) -m pytest -n 2 --dist loadscope

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test test-fast check bench pictures lock clean

help:
	@echo 'make demo       Kontaktnetz mit Beispieldaten starten (richtet beim ersten Mal alles ein)'
	@echo 'make test       alle Tests (was fehlt, wird übersprungen und genannt)'
	@echo 'make setup      nur einrichten: Python-Pakete, NocoDB, Testteile'
	@echo 'make test-fast  die schnellen Tests, ohne NocoDB, PostgreSQL, Browser und ganze Seiten'
	@echo 'make check      Stil, Typen und Bauplan prüfen'
	@echo 'make bench      alle Messungen, eine nach der anderen'
	@echo 'make pictures   die Bilder im Handbuch neu aufnehmen (docs/bilder)'
	@echo 'make lock       constraints.txt aus pyproject.toml neu schreiben'
	@echo 'make clean      alles entfernen, was sich neu bauen lässt (Ihre Daten bleiben)'

setup: $(TOOLS) $(NOCODB) $(SDK)

demo: $(INSTALLED) $(NOCODB)
	@$(BIN)/kontaktnetz demo

test: setup check
	$(PYTEST)

test-fast: $(TOOLS)
	$(PYTEST) -m 'not server and not postgres and not browser and not page and not slow'

check: $(TOOLS)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup
	@set -e; for script in bench/*.py; do echo "== $$script"; $(PY) "$$script"; done

pictures: setup
	@$(PY) docs/pictures.py

$(INSTALLED): constraints.txt pyproject.toml
	@test '$(HERE)' = yes && $(PY) -m pip --version >/dev/null 2>&1 || { $(require_python) && \
		echo '[1/4] Virtuelle Umgebung .venv …' && '$(PYTHON)' -m venv --clear .venv; }
	@echo '[2/4] Python-Pakete laden und einrichten (beim ersten Mal etwa eine Minute) …'
	@$(call install_pinned,constraints.txt)
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@$(PIP) check
	@touch $@

# What only tests, checks and measurements need; the demo runs without it.
$(TOOLS): constraints-dev.txt $(INSTALLED)
	@echo '[2/4] Python-Pakete für Prüfungen und Tests …'
	@$(call install_pinned,constraints-dev.txt)
	@$(PIP) check
	@touch $@

define install_pinned
set -o pipefail; $(PIP) install --require-hashes --no-deps --progress-bar off -r $(1) | sed -u -n \
	-e 's/^Collecting \([^ ]*\).*/  \1/p' -e 's/^Installing collected.*/  … alles geladen, wird eingerichtet/p'
endef

define require_python
{ test -n '$(PYTHON)' || { \
	echo 'Kontaktnetz braucht Python 3.11 oder neuer. Unter Debian und Ubuntu: sudo apt install python3 python3-venv'; \
	echo 'Kontaktnetz needs Python 3.11 or newer; name it with: make PYTHON=/path/to/python3.11 …'; exit 1; }; } && \
{ '$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo '$(PYTHON) ist kein Python ab Version 3.11. / $(PYTHON) is no Python 3.11 or newer.'; exit 1; }; } && \
{ '$(PYTHON)' -c 'import ensurepip, venv' 2>/dev/null || { \
	echo 'Python kann hier keine virtuelle Umgebung anlegen. Unter Debian und Ubuntu: sudo apt install python3-venv'; \
	echo 'This Python cannot make virtual environments; on Debian and Ubuntu: sudo apt install python3-venv'; exit 1; }; }
endef

$(NOCODB): $(NODE_PARTS) | $(INSTALLED)
	@echo '[3/4] NocoDB einrichten (beim ersten Mal etwa eine Minute) …'
	@KONTAKTNETZ_DATA=.kontaktnetz $(BIN)/kontaktnetz nocodb install
	@touch $@

$(SDK): $(SDK_PARTS) | $(TOOLS)
	@echo '[4/4] Testteile einrichten …'
	@$(PY) tests/contract/sdk.py
	@touch $@

# pip-tools lives in an environment of its own: what locks the packages is not one of them. The tools' file holds what
# is not in the other already: line by line, since both are sorted and written alike.
lock:
	$(PY) -m venv .venv/lock
	.venv/lock/bin/python -m pip install --quiet --upgrade 'pip>=25' '$(PIP_TOOLS)'
	$(PY) -c 'import tomllib; p = tomllib.load(open("pyproject.toml", "rb")); print(*p["project"]["dependencies"], \
		*p["build-system"]["requires"], sep="\n")' > .venv/lock/run.in
	$(PY) -c 'import tomllib; p = tomllib.load(open("pyproject.toml", "rb")); print("-c run.txt", "-r run.in", \
		*p["dependency-groups"]["dev"], sep="\n")' > .venv/lock/all.in
	grep '^#' constraints.txt > .venv/lock/head
	grep '^#' constraints-dev.txt > .venv/lock/head-dev
	cd .venv/lock && bin/pip-compile $(LOCKED) --output-file run.txt run.in && bin/pip-compile $(LOCKED) --output-file all.txt all.in
	cat .venv/lock/head .venv/lock/run.txt > constraints.txt
	{ cat .venv/lock/head-dev; grep -vxFf .venv/lock/run.txt .venv/lock/all.txt; } > constraints-dev.txt

clean:
	rm -rf .venv .kontaktnetz/node .kontaktnetz/sdk .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache dist build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
