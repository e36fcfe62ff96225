# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

PYTHON ?= python3

help:
	@echo "make demo    people join, move and leave, on five simulated servers"
	@echo "make test    every test, on every suitable Python found"
	@echo "make lab     the simulated servers in the foreground, to try things on"
	@echo "make quick   ruff, mypy and the unit tests on one Python"
	@echo "make year    a year in the life of a town, every day of it: an hour or more"
	@echo "make bench   the speed measurements"
	@echo "make scaffold BACKEND=acme NOUN=user   the first files of a new backend"
	@echo "make clean   remove everything that these commands made"

demo test lab quick year bench clean:
	@$(PYTHON) tests/tools/dev.py $@

scaffold:
	@$(PYTHON) tests/tools/dev.py $@ "$$BACKEND" "$$NOUN"

.PHONY: help demo test lab quick year bench scaffold clean
