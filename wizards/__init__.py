from . import (
    mail_compose_message,
    mailing_decision,
    mailing_mailing_test,
    mailing_send,
    mailing_send_audience,
    mailing_send_options,
    mailing_send_pictures,
    mailing_send_when,
    mailing_send_series,
    mailing_send_test,
    mailing_send_usable,
    sms_composer,
)
