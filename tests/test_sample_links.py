"""The links of test mails and previews, followed by somebody with no account."""

from odoo.tests import HttpCase, tagged

from .recipients import make_trace


@tagged("post_install", "-at_install")
class TestSampleLinks(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.trace = make_trace(cls.env, "ann@example.org", track_opens=True)
        cls.mailing = cls.trace.mass_mailing_id
        cls.person = cls.env["mailing.contact"].browse(cls.trace.res_id)
        cls.mailing.body_html = '<p><a href="https://example.org/news">News</a></p>'

    def links(self):
        sample, row = self.mailing._as_sample(), self.mailing._sample_row(self.trace.res_id, self.trace.email)
        values = sample._recipient_link_values()(row)
        return {name: template.fill(values) for name, template in sample._recipient_links().items()}

    def path(self, name):
        return self.links()[name].removeprefix(self.mailing.get_base_url())

    def test_nobody_is_taken_off(self):
        """C37, C27: the pages say what they are; nobody leaves, by click or by a mail program's one click."""
        for name in ("unsubscribe_url", "view_url"):
            answer = self.url_open(self.path(name))
            self.assertEqual(answer.status_code, 200)
            self.assertIn("belongs to a test mail", answer.text)
        answer = self.url_open(self.path("one_click_url"), data={"List-Unsubscribe": "One-Click"})
        self.assertEqual(answer.status_code, 200)
        self.assertFalse(self.person.subscription_ids.opt_out)

    def test_nothing_is_counted(self):
        """C27: neither the picture nor a short link of a sample counts anything; both work."""
        self.assertEqual(self.url_open(self.path("open_url")).status_code, 200)
        tracker = self.env["link.tracker"].create({"url": "https://example.org/news", "title": "News"})
        answer = self.url_open(f"/r/{tracker.code}/m/0", allow_redirects=False)
        self.assertEqual((answer.status_code, answer.headers["Location"]), (301, "https://example.org/news"))
        self.assertEqual((tracker.count, self.trace.trace_status), (0, "sent"))
