"""Databases for which nothing may or can be sent: one sentence, and an exit code that is not 0."""

import subprocess

import pytest


@pytest.fixture(scope="module", params=["bulk_sender", "bulk_bounces --maildir /nowhere"])
def told(env, request):
    """A function that starts a command for a database, and returns what it says when it has ended."""

    def run(database):
        command, *options = request.param.split()
        done = env.run_odoo(command, "-d", database, *options, check=False, stderr=subprocess.PIPE, text=True)
        assert done.returncode
        assert "Traceback" not in done.stderr
        return done.stderr.splitlines()[-1]

    return run


def test_unknown_database(told):
    """There is none of this name."""
    assert told("no_such_database").startswith("The database no_such_database cannot be opened: ")


def test_another_program_s_database(told):
    """There is nothing of Odoo's in it."""
    assert told("postgres") == "The database postgres is not one of Odoo's."


def test_neutralized_and_not_installed(campaign, told):
    """A copy for trying things out mails nobody, and takes nobody's mail away; nor does one without the addon."""
    campaign.sql("INSERT INTO ir_config_parameter (key, value) VALUES ('database.is_neutralized', 'true')")
    refused = f"The database {campaign.database} is a neutralized copy: no mail leaves it, and none comes in."
    assert told(campaign.database) == refused
    campaign.sql("UPDATE ir_module_module SET state = 'uninstalled' WHERE name = 'bulk_mailing'")
    assert told(campaign.database) == f"Bulk Mailing is not installed in the database {campaign.database}."
