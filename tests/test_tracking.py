"""Counting opens, where the mailing says so."""

from odoo.tests import HttpCase, tagged

from .recipients import links, make_trace


@tagged("post_install", "-at_install")
class TestTracking(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.trace = make_trace(cls.env, "ann@example.org", track_opens=True)
        cls.mailing = cls.trace.mass_mailing_id

    def open_picture(self, url):
        return self.url_open(url.removeprefix(self.mailing.get_base_url()))

    def test_open_is_counted(self):
        """A36: the picture of our own route counts an open, without a session or a copy in a cache."""
        answer = self.open_picture(links(self.trace)["open_url"])
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "image/gif")
        self.assertIn("no-store", answer.headers["Cache-Control"])
        self.assertNotIn("session_id", answer.headers.get("Set-Cookie", ""))
        self.assertEqual(self.trace.trace_status, "open")
        self.assertTrue(self.trace.open_datetime)

    def test_wrong_signature_counts_nothing(self):
        """A36: nobody can count opens of others by guessing numbers."""
        url = links(self.trace)["open_url"].replace(f"/{self.trace.id}/", f"/{self.trace.id + 1}/")
        self.assertEqual(self.open_picture(url).status_code, 404)
        self.assertEqual(self.open_picture(f"/mailing/t/{self.trace.id}/nonsense.gif").status_code, 404)
        self.assertEqual(self.trace.trace_status, "sent")

    def test_not_counted_where_the_mailing_says_so(self):
        """A36: with opens not counted, even a right picture counts nothing, and mails carry none."""
        url = links(self.trace)["open_url"]
        self.mailing.track_opens = False
        self.assertEqual(self.open_picture(url).status_code, 200)
        self.assertEqual(self.trace.trace_status, "sent")
        self.assertEqual(links(self.trace)["open_url"], "")

    def test_bounce_stays_a_bounce(self):
        """A machine on the way that fetches the picture does not turn a bounce into an open."""
        self.trace.set_bounced()
        self.open_picture(links(self.trace)["open_url"])
        self.assertEqual(self.trace.trace_status, "bounce")

    def test_deleted_mailing_is_still_a_picture(self):
        """The mail of a mailing that was deleted shows no broken picture."""
        url = links(self.trace)["open_url"]
        self.mailing.unlink()
        self.assertEqual(self.url_open("/mailing" + url.split("/mailing", 1)[1]).status_code, 200)
