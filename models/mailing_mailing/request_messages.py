"""Who is told of a request, and of what became of it."""

from odoo import models
from odoo.tools import format_datetime

ACTIVITY = "bulk_mailing.mail_activity_request"
OVERVIEW = "bulk_mailing.request_overview"


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _tell_senders(self):
        """An activity for everybody who may decide, with what was asked for and what the checks found."""
        overview = self._render_overview()
        asked = self.sudo()  # a requester need not be able to give others something to do
        asked._forget_request_activities()
        for user in self._deciders():
            asked.activity_schedule(ACTIVITY, user_id=user.id, note=overview)
        self._message_log(body=self.env["ir.qweb"]._render("bulk_mailing.request_message", {"overview": overview}))

    def _deciders(self):
        """Colleagues who may send, without the one who asks."""
        group = self.env.ref("mass_mailing.group_mass_mailing_user").sudo()
        root = self.env.ref("base.user_root")
        found = group.all_user_ids.filtered(lambda user: user.active and not user.share) - self.env.user - root
        return found - self.sudo()._who_prepared() if self and self._needs_four_eyes() else found

    def _tell_requester(self, words):
        """In the mailing's log, and to who asked for it."""
        others = self.sudo().requested_by_id - self.env.user
        if others:
            self.message_post(body=words, partner_ids=others.partner_id.ids, subtype_xmlid="mail.mt_note")
        else:
            self._message_log(body=words)

    def _forget_request_activities(self):
        self.activity_unlink([ACTIVITY])

    # ------------------------------------------------------------
    # The overview
    # ------------------------------------------------------------

    def _render_overview(self):
        """What was chosen and what the checks found, as a table."""
        values = {"rows": self._overview_rows(), "findings": self.finding_ids}
        return self.env["ir.qweb"]._render(OVERVIEW, values, minimal_qcontext=True)

    def _overview_rows(self):
        """Pairs of a label and what was chosen."""
        audience, env = self._count_audience(), self.env
        yes, no = env._("Yes"), env._("No")
        excluded = self._excluded_in_words(audience["excluded"]) or env._("nobody")
        rows = [
            (env._("Subject"), self.subject),
            (env._("From"), self.email_from),
            (env._("To"), self._describe_audience()),
            (env._("Will get it"), self._formatted(audience["to_send"])),
            (env._("Will not"), excluded),
            (env._("When"), self._when_in_words()),
            (env._("Once per address"), yes if self.exclude_duplicates else no),
            (env._("Parts"), self._parts_in_words()),
            (env._("Send speed"), self._speed_in_words(self.rate_per_minute) or env._("As fast as it goes")),
            (env._("Personalise"), yes if self.personalize else no),
            (env._("Pictures"), self._pictures_in_words()),
            (env._("Count clicks"), yes if self.track_links else no),
            (env._("Count opens"), yes if self.track_opens else no),
            (env._("Description"), self.description),
        ]
        return [(label, value) for label, value in rows if value]

    def _when_in_words(self):
        """The moment that was chosen, in the time zone of who reads it."""
        if self.send_when != "later" or not self.send_at:
            return dict(self._fields["send_when"]._description_selection(self.env)).get(self.send_when, "")
        timezone = self.env.user.tz or "UTC"
        moment = format_datetime(self.env, self.send_at, tz=timezone, dt_format="EEEE d MMMM y, HH:mm")
        return self.env._("%(moment)s (%(timezone)s)", moment=moment, timezone=timezone)
