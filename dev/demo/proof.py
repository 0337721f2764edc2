"""Does it add up? The catcher, the traces and the mailing each counted; they have to agree."""

from dataclasses import dataclass

from .contacts import ContactList
from .four_steps import REASONS
from .rpc import Session


@dataclass(frozen=True)
class Counts:
    """What each end counted when the mailing was finished."""

    caught: dict
    states: dict[str, int]
    excluded: dict[str, int]
    mailing: dict

    @property
    def sent(self) -> int:
        """The traces of people whose mail was accepted."""
        return self.states.get("sent", 0)


def count(person: Session, mailing_id: int, caught: dict) -> Counts:
    """Ask the traces and the mailing."""
    ours = [["mass_mailing_id", "=", mailing_id]]
    excluded = [*ours, ["delivery_state", "=", "excluded"]]
    return Counts(
        caught,
        person.count_by("mailing.trace", ours, "delivery_state"),
        person.count_by("mailing.trace", excluded, "failure_type"),
        person.read("mailing.mailing", mailing_id, "state", "sent", "delivered", "canceled", "failed", "expected"),
    )


def disagreements(counts: Counts, contacts: ContactList) -> list[str]:
    """Each thing that does not add up, in a sentence; none: everybody is accounted for, and nobody got two."""
    caught, mailing = counts.caught, counts.mailing
    different, should = caught["unique_recipients"], contacts.expected_mails
    pairs = [
        ("mails caught", caught["mails"], "different addresses caught", different),
        ("different addresses caught", different, "traces that say sent", counts.sent),
        ("traces that say sent", counts.sent, "sent on the mailing", mailing["sent"]),
        ("traces that say sent", counts.sent, "people in the list who should get it", should),
        ("all traces", sum(counts.states.values()), "rows in the list", len(contacts.rows)),
    ]
    for reason, rows in contacts.expected_exclusions.items():
        pairs.append((f"excluded ({REASONS[reason]})", counts.excluded.get(reason, 0), "such rows in the list", rows))
    told = [f"{one}: {first:,}, but {other}: {second:,}" for one, first, other, second in pairs if first != second]
    told += [f"caught more than once: {address}" for address in counts.caught["twice"][:10]]
    if counts.mailing["state"] != "done":
        told.append(f"the mailing is '{counts.mailing['state']}', not 'done'")
    return told


def summary(counts: Counts, asked_at: float) -> str:
    """The delivery summary that the demo prints; `asked_at` is the moment of the final click."""
    caught = counts.caught
    seconds = max(caught["last_at"] - caught["first_at"], 0.001) if caught["mails"] else 0
    rate = f"{caught['mails'] / seconds:,.0f} mails/s" if seconds else "no mail"
    lines = [
        "Delivery summary",
        f"  sent                     {counts.sent:6,}   {rate}, over {caught['connections']:,} connections",
        f"  excluded                 {counts.states.get('excluded', 0):6,}",
        *(f"    {REASONS.get(reason, reason):22} {number:6,}" for reason, number in counts.excluded.items()),
        *(f"  {state:24} {number:6,}" for state, number in counts.states.items() if state not in ("sent", "excluded")),
        f"  all recipients           {sum(counts.states.values()):6,}",
    ]
    if caught["mails"]:
        first, last = caught["first_at"] - asked_at, caught["last_at"] - asked_at
        lines.append(f"  first mail after {first:.1f} s, last after {last:.1f} s")
    lines.append(
        f"  catcher: {caught['unique_recipients']:,} different addresses = traces: {counts.sent:,} sent"
        f" = mailing: {counts.mailing['sent']:,} sent; {len(caught['twice'])} addresses got two"
    )
    return "\n".join(lines)
