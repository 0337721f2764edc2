"""Two sender processes, and a lane in an Odoo shell, at work on one mailing."""

import subprocess

LANE = """
while env["mailing.queue"].search_count([("mailing_id", "=", %d)]):
    env["mailing.queue"]._run_lane(2)
    env.cr.commit()
"""


def test_everybody_once(campaign):
    """Their shares are disjoint and add up exactly; no row stays behind."""
    flight = campaign.flight("news")
    flight.server.on("DOT").delay(0.02)
    campaign.limit_connections(maximum=30, threads=6)
    campaign.start_sender(lanes=2)
    campaign.start_sender(lanes=1)
    command = campaign.env.odoo_command("shell", "-d", campaign.database, "--no-http")
    options = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "text": True}
    shell = subprocess.Popen(command, env=campaign.env.variables, **options)
    campaign.wait(lambda: len(campaign.lanes_alive()) == 3)
    flight.depart()
    shell.communicate(LANE % flight.id)
    assert shell.returncode == 0
    flight.wait_settled()
    campaign.stop()
    assert flight.summary() == {"accepted": 300, "doubles": 0, "sent": 300}
    assert not campaign.sql("SELECT id FROM mailing_queue WHERE mailing_id = %s", flight.id)
