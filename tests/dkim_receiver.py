"""What a receiver makes of a signed mail: dkimpy, with the records that the keys tell to publish."""

import dkim


def published(keys):
    """The TXT records of these `mailing.dkim.key`, by name."""
    return {key.dns_name: key.dns_value for key in keys}


def signatures(content):
    """How many signatures a message has."""
    return content.count(b"DKIM-Signature: ")


def holds(content, keys, number=0):
    """Whether the signature with this number (from the top) is good."""
    records = published(keys)

    def look_up(name, timeout=5):
        return records.get(name.decode().rstrip("."), "").encode() or None

    try:
        return dkim.DKIM(content).verify(idx=number, dnsfunc=look_up)
    except dkim.ValidationError:
        return False
