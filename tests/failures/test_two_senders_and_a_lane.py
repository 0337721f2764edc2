"""Two sender processes, and a lane in an Odoo shell, at work on one mailing."""

import subprocess

LANE = """
while env["mailing.queue"].search_count([("mailing_id", "=", %d)]):
    env["mailing.queue"]._run_lane(2)
    env.cr.commit()
"""

BUTTON = """
from odoo.service.model import retrying
mailing, queue = env["mailing.mailing"].browse(%d), env["mailing.queue"]
waiting, failed = [("mailing_id", "=", mailing.id)], [("mass_mailing_id", "=", mailing.id)]
failed += [("delivery_state", "=", "failed")]
mailing.action_resume()
env.cr.commit()
while queue.search_count(waiting) or env["mailing.trace"].search_count(failed):
    retrying(mailing.action_retry_failed, env)
    queue._cron_run_lane(0)
    env.cr.commit()
    queue._run_lane(0.5)
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


def test_cron_and_button(campaign):
    """The cron's method, a lane, and "retry failed" pressed again and again, beside two senders: everybody once."""
    flight = campaign.flight("news")
    flight.server.on("DOT").delay(0.04)
    refused = [f"reader{number:03}" for number in range(5, 301, 10)]
    rules = [flight.server.on("RCPT", recipient=f"{name}@", nth=1).reply("554 5.7.1 Not now") for name in refused]
    campaign.limit_connections(maximum=30, threads=6)
    for _sender in range(2):
        campaign.start_sender()
    campaign.wait(lambda: len(campaign.lanes_alive()) == 2)
    campaign.run_in_shell(BUTTON % flight.id)
    campaign.stop()
    assert flight.summary() == {"accepted": 300, "doubles": 0, "sent": 300}
    assert all(rule.seen == 2 for rule in rules)
