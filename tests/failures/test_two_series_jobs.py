"""Two processes run the job of the periodic mailings at the same moment: each date is one mailing, sent once."""

import subprocess
from concurrent.futures import ThreadPoolExecutor

GATE = 4711  # an advisory lock: closed while the test holds it, open for all when it lets go
DATES = 3

PREPARE = f"""
from datetime import datetime, timedelta
env = env(user=env.ref("base.user_admin"))
mailing = env["mailing.mailing"].search([("subject", "like", "small 0:")]).copy()
mailing.contact_list_ids = env["mailing.list"].search([("name", "=", "Few")])
yesterday = datetime.now() - timedelta(days=1)
for number in range({DATES}):
    each = mailing.copy()
    series = env["mailing.series"].create(
        {{"mailing_id": each.id, "send_on": yesterday.date(), "timezone": "UTC", "repeat_unit": "days"}}
    )
    series.action_start()
    series.sudo().next_at = datetime.now() - timedelta(minutes=1)
env.cr.commit()
"""
RUN = f"""
env.cr.execute("SELECT pg_advisory_lock_shared({GATE})")
env.cr.commit()
env["mailing.series"]._cron_run_due()
env.cr.commit()
env["mailing.series"]._cron_run_due()  # as a minute later: both may have named a mailing alike
env.cr.commit()
"""


def test_each_date_is_sent_once(campaign):
    """One series after another is taken by either of them, and by nobody twice."""
    shell(campaign, PREPARE)
    [[before]] = campaign.sql("SELECT count(*) FROM mailing_mailing")
    assert campaign.sql("SELECT count(*) FROM mailing_series WHERE state = 'running'") == [(DATES,)]
    campaign.sql("SELECT pg_advisory_lock(%s)", GATE)
    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(shell, campaign, RUN) for _ in range(2)]
        campaign.wait(lambda: both_stand_at_the_gate(campaign))
        campaign.sql("SELECT pg_advisory_unlock(%s)", GATE)
        for job in jobs:
            job.result()
    runs = campaign.sql("SELECT state, count(*), count(DISTINCT mailing_id) FROM mailing_series_run GROUP BY 1")
    [[after]] = campaign.sql("SELECT count(*) FROM mailing_mailing")
    assert runs == [("sent", DATES, DATES)], campaign.sql("SELECT reason FROM mailing_series_run")
    assert after - before == DATES


def both_stand_at_the_gate(campaign):
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"
    return campaign.sql(waiting, GATE) == [(2,)]


def shell(campaign, script):
    """Run this in an Odoo of its own."""
    campaign.env.run_odoo(
        "shell", "-d", campaign.database, "--no-http", input=script, text=True, stdout=subprocess.DEVNULL
    )
