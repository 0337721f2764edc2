"""What a lane may have of a provider that takes so many connections, and so many mails on each."""

from ..connections import WORTH_A_CONNECTION


def share(mails: int, free: int, per_connection: int) -> tuple[int, int]:
    """How many mails may go over how many new connections.

    :param mails: how many there are
    :param free: how many connections may begin, beside those that are open
    :param per_connection: how many mails one carries at most
    """
    if mails <= 0 or free <= 0:
        return 0, 0
    mails = min(mails, free * per_connection)
    worth = min(per_connection, WORTH_A_CONNECTION)
    return mails, min(free, -(-mails // worth))
