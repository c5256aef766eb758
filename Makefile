# `make` alone lists what there is. Settings go on the same line: make run PORT=9000

PYTHON ?= python3
.DEFAULT_GOAL := help
.PHONY: help run test soak bench gallery lint setup setup-dev

help:       ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+: *.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup  ## start everything, with a demo borough; Ctrl-C stops it
	@OPENPATROL_ENV="$${OPENPATROL_ENV:-development}" .venv/bin/flask start

test: setup-dev  ## run the tests: make test ARGS="-k stays -x"
	@chromium="$$(.venv/bin/python tools/chromium.py)" && CHROMIUM="$$chromium" .venv/bin/python -m pytest -n logical --dist loadfile --no-loadscope-reorder $(ARGS)

soak: setup-dev  ## kill everything at random under load, into soak.json: make soak MINUTES=60 RATE=300 SEED=1
	@OPENPATROL_ENV=development .venv/bin/python -m tests.faults.soak \
	  $(if $(MINUTES),--minutes "$(MINUTES)") $(if $(RATE),--rate "$(RATE)") $(if $(SEED),--seed "$(SEED)")

bench: setup-dev  ## measure how fast it is, into bench.json: make bench ONLY=push-sending
	@OPENPATROL_ENV=development .venv/bin/python -m tests.benchmarks $(if $(ONLY),--only "$(ONLY)")

gallery: setup-dev  ## take the README's pictures of phone, desk and wall screen anew
	@OPENPATROL_ENV=development .venv/bin/python -m tests.gallery
	@OPENPATROL_ENV=development .venv/bin/python -m tests.desk_gallery

lint: setup-dev  ## check style, types and the direction of imports
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

setup:      ## install what the server needs (run does it by itself)
	@$(PYTHON) tools/bootstrap.py

setup-dev:  ## install what the tests need (test and lint do it by themselves)
	@$(PYTHON) tools/bootstrap.py --dev
