"""Run in Odoo's shell: a mailing that arrived at so many people (COUNT), for the bounces of `dev/bench_bounces`."""

import os

env["ir.cron"].search([]).active = False
mailing = env["mailing.mailing"].create(
    {
        "subject": "Our news",
        "body_html": "<p>Hello</p>",
        "email_from": "news@example.org",
        "mailing_model_id": env["ir.model"]._get_id("mailing.contact"),
        "send_engine": "queue",
        "state": "draft",
    }
)
env.flush_all()
env.cr.execute(
    """
    UPDATE mailing_mailing SET state = 'done', flight_state = NULL, sent_date = now() AT TIME ZONE 'UTC' WHERE id = %s
    """,
    [mailing.id],
)
env.cr.execute(
    """
    INSERT INTO mailing_trace (
        trace_type, model, res_id, mass_mailing_id, email, message_id, recipient_key, is_test_trace,
        delivery_state, trace_status, attempt_count, sent_datetime, create_date, write_date)
    SELECT 'mail', 'mailing.contact', n, %s, 'reader' || n || '@d' || n %% 500 || '.example',
        '<' || md5(n::text) || '@example.org>', 'reader' || n || '@d' || n %% 500 || '.example', FALSE,
        'sent', 'sent', 1, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
    FROM generate_series(1, %s) n
    """,
    [mailing.id, int(os.environ["COUNT"])],
)
env.cr.commit()
