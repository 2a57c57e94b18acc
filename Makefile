# The commands of the project. `make run` and `make test` need only Python 3.11 or later, git and make.
.DEFAULT_GOAL := help
SHELL := bash
.SHELLFLAGS := -euo pipefail -c

PYTHON ?= python3
BIN := .venv/bin
LOCKS := requirements/base.txt requirements/embedded.txt requirements/demo.txt requirements/test.txt
FRONTEND := build/static/vendor/VERSIONS.json
COLLECTED := build/collected/staticfiles.json
WORDS := locale/cy/LC_MESSAGES/django
BESIDE := $(BIN)/python -m config.embedded run --
PYTEST := env BEHIND_TLS=false $(BIN)/python -m pytest
# Without what was logged: each line keeps its request, and a drill asks tens of thousands in one test.
DRILL := $(PYTEST) -p no:logging
PRODUCTION := env DEMO=false DEBUG=false BEHIND_TLS=true ALLOWED_HOSTS=vigil.force.example
# For commands that read the settings but reach no server.
NO_SERVERS := env SECRET_KEY=none DATABASE_URL=postgres://none@127.0.0.1/none REDIS_URL=redis://127.0.0.1/0
# The tests start Python many times: what was compiled once is kept, whatever the machine prefers.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup run test quick drill bench load outside dist screens demo-tour backup restore lint openapi words requirements secrets clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(BIN)/ready $(FRONTEND) $(WORDS).mo ## Install everything into this folder

$(BIN)/ready: $(LOCKS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Vigil needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Try PYTHON=python3.12 make setup.")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes $(addprefix -r ,$(LOCKS))
	touch $@

# In an unpacked release this is there and as old as what it is made from, so nothing asks for npm.
$(FRONTEND): frontend/package-lock.json ui/management/commands/build_frontend.py requirements/node.txt | $(BIN)/ready
	command -v npm > /dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.txt
	$(NO_SERVERS) $(BIN)/python manage.py build_frontend
	touch $@

# Compiled by a Python library: a machine without gettext has the Welsh words too.
$(WORDS).mo: $(WORDS).po | $(BIN)/ready
	$(NO_SERVERS) $(BIN)/python manage.py compile_words

words: setup ## Gather the words that can be translated into locale/ and compile them; needs gettext
	$(NO_SERVERS) $(BIN)/python manage.py gather_words --locale cy
	$(NO_SERVERS) $(BIN)/python manage.py compile_words

$(COLLECTED): $(FRONTEND) $(BIN)/ready $(shell find static -type f)
	$(NO_SERVERS) $(BIN)/python manage.py collectstatic --noinput --verbosity=0
	touch $@

run: setup $(COLLECTED) ## Start everything with the demonstration data; PORT=8123 make run uses another port
	exec $(BIN)/python -m config.supervisor

test: setup $(COLLECTED) ## Run everything that CI runs, on servers of its own
	@$(BESIDE) $(MAKE) --no-print-directory checks

quick: setup $(COLLECTED) ## Run some tests alone: make quick ARGS="tests/ui -x"
	@$(BESIDE) $(PYTEST) $(ARGS)

drill: setup $(COLLECTED) ## Break things on purpose: slower than a test
	@$(BESIDE) $(DRILL) tests/drills/test_timing.py
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target broken raced
	@$(BESIDE) env EVERY_COMBINATION=1 $(DRILL) --numprocesses=2 --dist=loadgroup tests/safety/test_access_matrix.py tests/safety/test_hidden_records.py tests/journeys/test_every_page.py tests/guide/test_pages.py

bench: setup $(COLLECTED) ## Measure against the bars; ARGS goes to benchmarks/
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@$(BIN)/python -m benchmarks $(ARGS)

load: setup $(COLLECTED) ## Load the whole service for 20 minutes; ARGS="--minutes 1" for less
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@$(BIN)/python -m benchmarks.load $(ARGS)

build/scanner/ready: requirements/scanner.txt
	$(PYTHON) -m venv build/scanner
	build/scanner/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/scanner.txt
	touch $@

outside: setup build/scanner/ready ## Scan a throw-away demonstration: make outside URL=http://127.0.0.1:8000
	@$(NO_SERVERS) DJANGO_SETTINGS_MODULE=config.settings $(BIN)/python -m tests.outside "$(URL)" $(ARGS)

dist: setup ## Pack the committed state as dist/vigil-VERSION.tar.gz, which installs without npm
	@$(BIN)/python -m config.distribution

# A demonstration of its own, thrown away afterwards, or the one at URL, which the tour changes.
TOUR = $(if $(URL),$(NO_SERVERS),$(BESIDE) env) DJANGO_SETTINGS_MODULE=config.settings $(BIN)/python -m tests.tour
screens: setup $(COLLECTED) ## Make the pictures of docs/screens.md and docs/card.png anew
	@$(TOUR) screens $(URL)

demo-tour: setup $(COLLECTED) ## Walk the main journeys in a browser; pictures and one PDF in build/tour
	@$(TOUR) journeys $(URL)

BESIDE_DATA = set -a; eval "$$($(BIN)/python -m config.embedded env)"; set +a
backup: setup ## Back up what `make run` made: BACKUP_PASSPHRASE=… make backup DIR=folder
	@$(BIN)/python -m config.embedded start
	@$(BESIDE_DATA); $(BIN)/python manage.py make_backup "$(DIR)"

restore: setup ## Restore that after `make clean`: BACKUP_PASSPHRASE=… make restore DIR=folder ADOPT=1
	@$(BIN)/python -m config.embedded start
	@$(BESIDE_DATA); $(BIN)/python manage.py restore_backup "$(DIR)" $(if $(ADOPT),--adopt .vigil/keys)
	@$(if $(ADOPT),$(BIN)/python -m config.embedded adopt .vigil/keys/secret_key)

lint: style types scan packages ## Style, types, a security scan, and the rules for packages of others

.PHONY: checks style types scan packages template migrations deployment programs broken raced
types: setup
	$(NO_SERVERS) $(BIN)/mypy

scan: setup
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml .

packages: setup
	$(BIN)/python -m tests.packages

style: setup
	$(BIN)/ruff check .

template: setup
	@env DJANGO_SETTINGS_MODULE=config.settings $(BIN)/python -m tests.database

migrations: setup
	$(BIN)/python manage.py makemigrations --check --dry-run

deployment: setup
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level INFO

programs: setup
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m tests.debian dovecot harfbuzz-subset

# The longest first, two side by side. Of the tests three: two wait a fifth of their time for browser, database and worker.
checks:
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target types template scan migrations deployment style programs
	@env TEST_TEMPLATE=vigil_for_tests $(PYTEST) --numprocesses=3 --dist=loadgroup --ignore=tests/drills

broken: setup
	@$(BESIDE) $(DRILL) tests/drills --ignore=tests/drills/test_timing.py --ignore=tests/drills/test_two_at_once.py

raced: setup
	@$(BESIDE) $(DRILL) tests/drills/test_two_at_once.py
	@$(BESIDE) $(DRILL) --hypothesis-profile=new -m hypothesis

openapi: setup ## Write docs/openapi.yaml from the code
	$(NO_SERVERS) $(BIN)/python manage.py spectacular --validate --fail-on-warn --api-version v1 --file docs/openapi.yaml

.PHONY: dictionary
dictionary: setup ## Write docs/data-dictionary.md from the code
	$(NO_SERVERS) $(BIN)/python manage.py show_data_dictionary --write

requirements: $(BIN)/ready ## Pin the packages again from requirements/*.in; needs uv
	for name in base embedded demo test node scanner; do \
		uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
			--custom-compile-command 'make requirements' --output-file requirements/$$name.txt requirements/$$name.in; \
	done

secrets: ## Make the secrets that docker-compose.yml mounts
	config/deploy/make_secrets.sh

clean: ## Stop the embedded servers and remove everything that was made, the demonstration data too
	@test ! -x $(BIN)/python || $(BIN)/python -m config.embedded remove
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
	rm -rf $(WORDS).mo .venv .vigil build dist frontend/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis
