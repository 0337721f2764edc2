"""The database refuses what was sent: at once, or only at the commit."""

# fails the first two times that somebody is called sent; a sequence is not rolled back
FAILING = """
    CREATE SEQUENCE failures;
    CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('failures') <= 2 THEN
            RAISE EXCEPTION 'could not serialize access' USING ERRCODE = '40001';
        END IF;
        RETURN NEW;
    END $$;
"""
AT_ONCE = """
    CREATE TRIGGER fails BEFORE UPDATE ON mailing_trace
    FOR EACH ROW WHEN (NEW.delivery_state = 'sent') EXECUTE FUNCTION fail()
"""
AT_COMMIT = """
    CREATE CONSTRAINT TRIGGER fails AFTER UPDATE ON mailing_trace DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.delivery_state = 'sent') EXECUTE FUNCTION fail()
"""


def test_nobody_is_mailed_twice(campaign):
    """The journal knows what the database does not: all are sent, once, and nobody is in doubt."""
    campaign.sql(FAILING)
    campaign.start_sender()
    for name, trigger in (("middle 0", AT_ONCE), ("middle 1", AT_COMMIT)):
        campaign.sql(f"ALTER SEQUENCE failures RESTART; DROP TRIGGER IF EXISTS fails ON mailing_trace; {trigger}")
        flight = campaign.flight(name)
        flight.send()
        assert flight.summary() == {"accepted": 20, "doubles": 0, "sent": 20}
        assert campaign.sql("SELECT last_value > 2 FROM failures") == [(True,)]
    campaign.stop()
