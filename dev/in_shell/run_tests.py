"""Run in Odoo's shell: test classes with the whole registry loaded, one line of JSON for each test.

An ordinary `--test-tags` run executes at_install tests while their module loads, before an addon that overrides it: it
proves nothing about Bulk Mailing. Here every test meets the complete registry, and what did not run is told, too.

    TESTS='{"modules": ["bulk_mailing"], "tags": "*/bulk_mailing", "left_out": [], "whole": true, "results": "/path"}'
"""

import inspect
import json
import os
import time
from pathlib import Path

from odoo.service import server
from odoo.tests import loader
from odoo.tests.result import OdooTestResult
from odoo.tools import config

BROWSER = ("start_tour", "browser_js")
WANTED = json.loads(os.environ["TESTS"])
STREAM = open(WANTED["results"], "a", buffering=1)  # noqa: SIM115 (closed by the end of the process)


def write(**line):
    STREAM.write(json.dumps(line) + "\n")


def name_of(test):
    test = getattr(test, "test_case", test)  # a subtest counts as its test
    if not hasattr(test, "_testMethodName"):
        return None
    file = type(test).__module__.rpartition(".")[2]  # two files may have classes of one name
    return f"{test.test_module}/{file}:{type(test).__qualname__}.{test._testMethodName}"


def source_of(test):
    return inspect.getsource(getattr(type(test), test._testMethodName))


class Recorder(OdooTestResult):
    """Odoo's result object, which only counts, made to remember."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.told = set()
        self.of_class = {}

    def startTest(self, test):
        super().startTest(test)
        self.began, self.outcome, self.detail = time.time(), "passed", ""

    def stopTest(self, test):
        super().stopTest(test)
        self.tell(name_of(test), self.outcome, self.detail, time.time() - self.began)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.note(test, "skipped", reason)

    def logError(self, flavour, test, error):
        super().logError(flavour, test, error)
        if not self._soft_fail:  # Odoo tries some tests again before it believes them
            self.note(test, "failed", self._exc_info_to_string(error, test))

    def note(self, test, outcome, detail):
        if name_of(test) is None:  # the set-up or tear-down of a class
            self.of_class[test.id()] = (outcome, detail)
        elif self.outcome != "failed":
            self.outcome, self.detail = outcome, detail

    def tell(self, name, outcome, detail, seconds=0):
        self.told.add(name)
        write(test=name, outcome=outcome, detail=detail, seconds=round(seconds, 2))

    def tell_the_rest(self, tests):
        """What a class's set-up or tear-down did to its tests, and tests that did not run at all."""
        for test in tests:
            key = f"setUpClass ({type(test).__module__}.{type(test).__qualname__})"
            if name_of(test) not in self.told:
                self.tell(name_of(test), *self.of_class.get(key, ("failed", "it did not run")))
        for key, (outcome, detail) in self.of_class.items():
            if key.startswith("tearDown"):
                self.tell(key, outcome, detail)


def chosen_tests():
    """The tests that the tags choose, without those whose source names what is left out."""
    suites = [loader.make_suite(WANTED["modules"], position) for position in ("at_install", "post_install")]
    tests = sorted((test for suite in suites for test in suite), key=lambda test: getattr(test, "test_sequence", 0))
    for test in tests:
        if any(word in source_of(test) for word in WANTED["left_out"]):
            write(test=name_of(test), outcome="left out")
        else:
            yield test


def not_imported(module):
    """Test files that the package of tests does not bring in: they would be passed over without a word."""
    found = {Path(inspect.getfile(part)).resolve() for part in loader.get_test_modules(module)}
    folder = Path(loader.importlib.util.find_spec(f"odoo.addons.{module}").origin).parent / "tests"
    for path in sorted(folder.rglob("test_*.py")):
        # a folder without __init__.py is pytest's
        if path.resolve() not in found and (path.parent / "__init__.py").exists():
            yield path.relative_to(folder.parent)


def prepare(tests):
    """What some tests need to find: a web server that answers, and bundles for a browser."""
    if any(word in source_of(test) for test in tests for word in BROWSER):
        env["ir.qweb"]._pregenerate_assets_bundles()
        env.cr.commit()
    env.cr.rollback()
    if not getattr(server.server, "httpd", None):
        server.server.http_spawn()


def run():
    """Choose, run, tell."""
    config["test_tags"] = WANTED["tags"]
    config["test_enable"] = True
    config["http_enable"] = True
    tests = list(chosen_tests())
    for module in WANTED["modules"] if WANTED["whole"] else ():
        for path in not_imported(module):
            write(test=f"{module}:{path}", outcome="failed", detail="tests/__init__.py does not import this file")
    write(planned=[name_of(test) for test in tests])
    prepare(tests)
    loader.OdooTestResult = Recorder
    loader.run_suite(loader.OdooSuite(tests)).tell_the_rest(tests)


run()
STREAM.close()
os._exit(0)  # Odoo's threads and a browser's would keep the process
