"""Names of groups. Nothing else: whoever imports a file with a model class puts that class before others in the way up.

An approval was noted before the terms were looked at, because a file early in the alphabet imported `rights`.
"""

SENDER_GROUP = "mass_mailing.group_mass_mailing_user"  # our group_sender implies it; a requester has neither
