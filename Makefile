# Each target does its own set-up; see dev/. Python 3.11 or newer runs it all.
PYTHON ?= python3
RUN = $(PYTHON) -m

.DEFAULT_GOAL := help
.PHONY: help demo test lint format core odoo-test failures upstream bench bench-bounces rows stop clean-cache

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

demo: ## everything from nothing: Odoo, a demo company, a real mailing; then the addresses to open
	@$(RUN) dev.demo

test: ## linters, core tests, Odoo tests with browser tours, failure tests, Odoo's own suites
	@$(RUN) dev.test

lint: ## the linters alone
	@$(RUN) dev.test lint

format: ## put Python, XML and JavaScript into the form that the linters ask for
	@$(RUN) dev.lint format

core: ## the tests of core/ and adapters/ alone, in seconds; ARGS go to pytest
	@$(RUN) dev.test core $(ARGS)

odoo-test: ## the Odoo tests alone; TAGS=/bulk_mailing:TestTerms chooses some
	@$(RUN) dev.test odoo $(TAGS)

failures: ## real sender processes that are killed, and servers that misbehave; ARGS go to pytest, SEED=1 repeats a run
	@$(RUN) dev.test failures $(ARGS)

upstream: ## Odoo's own suites with the addon installed; TAGS=/mass_mailing:TestMailingHeaders chooses some
	@$(RUN) dev.test upstream $(TAGS)

bench: ## what the engine reaches, and its goals; ARGS="queue2 pipeline2 --rounds 1" chooses, MILLION=0 leaves the longest out
	@$(RUN) dev.bench $(ARGS)

bench-bounces: ## how many mails that come back are taken in an hour; MAILS=10000 takes less time
	@$(RUN) dev.bench_bounces

rows: ## rows of the requirements that no test names
	@$(RUN) dev.rows

stop: ## stop the private PostgreSQL
	@$(RUN) dev.stop

clean-cache: ## delete the cache folder with everything that was built
	@$(RUN) dev.stop --delete-cache
