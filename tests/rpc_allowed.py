"""What may be called over JSON-RPC by whom; whoever adds a public method decides here whether it is for them."""

ARGUMENTS = {"mailing.mailing.action_reject": ["no"], "mailing.mailing.read_preview": [1]}

# Odoo's own, on every record with a conversation or activities: they ask for the record's rights themselves
OF_ALL_THREADS = {
    "activity_feedback",
    "activity_reschedule",
    "activity_schedule",
    "activity_search",
    "activity_send_mail",
    "activity_unlink",
    "message_change_thread",
    "message_get_followers",
    "message_mail_with_source",
    "message_new",
    "message_notify",
    "message_parse",
    "message_post",
    "message_post_with_source",
    "message_process",
    "message_route",
    "message_subscribe",
    "message_unsubscribe",
    "message_update",
    "notify_cancel_by_type",
}

# they say nothing and change nothing: they open a screen whose records ask for rights, or stop at an argument
PLAIN = {
    "mailing.audience.member": """
        action_open_record
    """,
    "mailing.mailing": """
        action_buy_sms_credits
        action_reload
        action_view_accepted
        action_view_bounced_addresses
        action_view_deferred
        action_view_excluded
        action_view_in_doubt
        action_view_recipients
        action_view_undelivered
    """,
    "mailing.send": """
        action_go_to_step
    """,
    "mailing.settings": """
        action_open
        action_save
    """,
    "mailing.terms": """
        action_view_acceptances
    """,
}

# what preparing needs
REQUESTER = {
    "mailing.finding": """
        action_go_to
    """,
    "mailing.mailing": """
        action_acknowledge_warnings
        action_cancel
        action_compare_versions
        action_copy_pictures
        action_duplicate
        action_fetch_favorites
        action_open_send
        action_preview
        action_redirect_to_leads_and_opportunities
        action_remove_favorite
        action_reschedule_my_next_nextweek
        action_reschedule_my_next_today
        action_reschedule_my_next_tomorrow
        action_run_checks
        action_schedule
        action_set_favorite
        action_start_text_version
        action_test
        action_view_audience
        action_view_bounced
        action_view_clicked
        action_view_delivered
        action_view_events
        action_view_link_trackers
        action_view_mailing_contacts
        action_view_opened
        action_view_replied
        action_view_report
        action_view_series
        action_view_traces_canceled
        action_view_traces_failed
        action_view_traces_process
        action_view_traces_scheduled
        action_view_traces_sent
        action_withdraw_request
        convert_links
        copy_next_pictures
        count_audience
        find_preview_recipients
        get_sms_link_replacements_placeholders
        read_preview
        read_progress
    """,
    "mailing.picture": """
        action_try_again
    """,
    "mailing.send": """
        action_acknowledge_warnings
        action_back
        action_check_again
        action_keep_mini
        action_next
        action_not_yet
        action_request
        action_view_audience
    """,
    "mailing.series": """
        action_reschedule_my_next_nextweek
        action_reschedule_my_next_today
        action_reschedule_my_next_tomorrow
        action_view_mailings
    """,
}
