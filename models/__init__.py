from . import (
    link_tracker,
    mail_thread,
    mailing_content,
    mailing_finding,
    mailing_mailing,
    mailing_queue,
    mailing_settings,
    mailing_terms,
    mailing_terms_acceptance,
    mailing_trace,
    res_company,
)
