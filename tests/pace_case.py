"""Base class of the tests of pacing: mailings in flight, whose recipients nobody has claimed yet."""

from .common import BulkCase


class PaceCase(BulkCase):
    """`self.provider` receives example.org."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.queue = cls.env["mailing.queue"].sudo()
        cls.provider = cls.env["mailing.provider.limit"].create({"name": "Example", "domains": "example.org"})

    def fly(self, count, provider=None, **values):
        """A mailing to so many new readers, enqueued, at the provider."""
        contacts = self.make_contacts(*(f"reader{number}@example.org" for number in range(count)))
        mailing = self.make_mailing(contact_list_ids=[(6, 0, self.list.ids)], **values)
        self.enqueue(mailing)
        contacts.unlink()
        self.rows(mailing).provider_id = provider
        self.env.flush_all()
        return mailing

    def rows(self, mailing):
        """The rows of the work table that a mailing has."""
        return self.queue.search([("mailing_id", "=", mailing.id)])

    def stream(self, mailing, provider=None):
        """The stream of a mailing's recipients at a provider."""
        provider_id = provider.id if provider else None
        return next(s for s in self.queue._streams() if (s.mailing_id, s.provider_id) == (mailing.id, provider_id))

    def grant(self, stream, wanted=500, lane="lane", open_parcels=0, **options):
        """What a lane gets of a stream."""
        return self.queue._grant(stream, lane, wanted, open_parcels, **options)
