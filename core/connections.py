"""How the mails of a mailing are spread over SMTP connections."""

WORTH_A_CONNECTION = 20


def mails_per_connection(maximum: int, threads: int) -> int:
    """How many mails one connection carries.

    :param maximum: most e-mails per SMTP connection, for all concurrent threads together (the setting's meaning:
        100 with 5 threads is 20 for each)
    :param threads: SMTP threads, over all lanes
    :return: at least 1
    """
    return max(1, maximum // max(1, threads))


def threads_of_lane(threads: int, lane: int, lanes: int) -> int:
    """How many of the SMTP threads belong to one lane; all lanes together have exactly `threads`.

    :param lane: number of the lane, from 0
    :param lanes: how many lanes are in use
    """
    return threads // lanes + (1 if lane < threads % lanes else 0)


def parcels(count: int, threads: int, per_connection: int) -> list[int]:
    """Sizes of the parcels in which `count` mails are handed to threads: full connections, or fair shares of less.

    Where full connections are long, a small count is shared by the threads; fewer than 20 are not worth another
    connection.

    :return: sizes that add up to `count`, each at most `per_connection`
    """
    if not count:
        return []
    fair_share = -(-count // max(1, threads))
    size = min(per_connection, max(fair_share, WORTH_A_CONNECTION))
    return [min(size, count - start) for start in range(0, count, size)]
