"""`bulk_bounces` beside a mail server that fills a Maildir: who bounced, whatever happens to the command."""

import re
import subprocess

import pytest
from bulk_mailing.tests.delivery_reports import delivery_report

HARD = {"status": "5.1.1", "diagnostic": "smtp; 550 5.1.1 No such user"}
BOUNCED, COUNT = 40, 60


@pytest.fixture
def flight(campaign):
    """A mailing that has arrived."""
    made = campaign.flight("news", count=COUNT)
    campaign.start_sender()
    made.send()
    campaign.stop()
    return made


@pytest.fixture
def maildir(flight, tmp_path):
    """Reports about the first of those who got it."""
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    for number, mail in enumerate(flight.server.messages[:BOUNCED]):
        (tmp_path / "new" / f"{number}.host").write_bytes(delivery_report(mail, **HARD))
    return tmp_path


def command(campaign, maildir):
    return campaign.env.odoo_command("bulk_bounces", "-d", campaign.database, "--maildir", maildir)


def left(maildir):
    return sum(path.is_file() for path in maildir.rglob("*"))


def bounced(campaign):
    """Hard bounces by address."""
    return dict(campaign.sql("SELECT split_part(email, '@', 1), hard_bounce_count FROM mailing_address"))


def test_killed_again_and_again(campaign, flight, maildir):
    """Each report counts once, on the address that it is about, and nothing is left behind."""
    expected = {mail.recipients[0].partition("@")[0]: 1 for mail in flight.server.messages[:BOUNCED]}
    for stage in (1, 0.6, 0.3):
        process = subprocess.Popen(command(campaign, maildir), env=campaign.env.variables)
        campaign.wait(lambda stage=stage: left(maildir) < BOUNCED * stage)
        process.kill()
        process.wait()
    subprocess.run(command(campaign, maildir), env=campaign.env.variables, check=True)
    assert left(maildir) == 0
    assert bounced(campaign) == expected
    assert flight.states() == {"sent": COUNT - BOUNCED, "failed": BOUNCED}


def test_two_at_once(campaign, flight, maildir):
    """Two that empty the same Maildir share the mails: each is taken once, and counts once."""
    expected = {mail.recipients[0].partition("@")[0]: 1 for mail in flight.server.messages[:BOUNCED]}
    pair = [
        subprocess.Popen(command(campaign, maildir), env=campaign.env.variables, stderr=subprocess.PIPE, text=True)
        for _number in range(2)
    ]
    logs = [process.communicate()[1] for process in pair]
    assert [process.returncode for process in pair] == [0, 0], logs
    assert sum(int(re.search(r"(\d+) mails taken", log)[1]) for log in logs) == BOUNCED
    assert left(maildir) == 0
    assert bounced(campaign) == expected
    assert flight.states() == {"sent": COUNT - BOUNCED, "failed": BOUNCED}


def test_what_is_no_bounce(campaign, flight, maildir):
    """What is for nobody is put aside, broken or not; the log names nobody, and nobody is blamed."""
    for path in (maildir / "new").iterdir():
        path.unlink()
    for number, raw in enumerate([b"", b"\xff\0\n\n", b"From: ann@example.org\nTo: who@example.org\n\nHello?\n"]):
        (maildir / "new" / f"{number}.host").write_bytes(raw)
    done = subprocess.run(
        command(campaign, maildir), env=campaign.env.variables, check=True, stderr=subprocess.PIPE, text=True
    )
    assert "@" not in done.stderr.replace(campaign.database, ""), done.stderr
    assert left(maildir) == len(list((maildir / ".Aside" / "new").iterdir()))
    assert bounced(campaign) == {}
