"""The dialogue word by word: what the server says, what we say to that, and what is then known."""

import pytest
from bulk_mailing.adapters.smtp import Letter
from bulk_mailing.adapters.smtp.dialogue import Dialogue
from bulk_mailing.adapters.smtp.outbox import Outbox

HELLO = "250 1\r\n250 2\r\n354 3\r\n"


def envelope(name):
    return f"MAIL FROM:<us>\r\nRCPT TO:<{name}>\r\nDATA\r\n"


class Talk:
    """A dialogue, what it said last, and the answers that came out of it."""

    def __init__(self, pipelining=True):
        self.answers, self.announced = [], []
        self.outbox = Outbox(self.announced.append)
        self.dialogue = Dialogue(self.outbox, pipelining, self._answered)

    def _answered(self, letter, stage, reply):
        self.answers.append((letter.recipient, stage.value, str(reply)))

    def begin(self, name, body=b"hi\r\n"):
        self.dialogue.begin(Letter(name, name, None), envelope(name).encode(), body)
        return self.said()

    def hear(self, words):
        self.dialogue.receive(words.encode())
        return self.said()

    def said(self, most=None):
        """What leaves now, `most` bytes of it."""
        data = b"".join(self.outbox.next_write())[:most] if self.outbox else b""
        self.outbox.wrote(len(data))
        return data.decode()

    def left(self):
        return [(letter.recipient, stage.value) for letter, stage in self.dialogue.unanswered()]


def test_one_write_for_a_body_and_the_next_envelope():
    """RFC 2920: the end of a mail and the next envelope go together, after which the server is silent once a mail."""
    talk = Talk()
    assert talk.begin("ann") == envelope("ann")
    talk.dialogue.receive(HELLO.encode())
    assert talk.begin("bob") == "hi\r\n.\r\n" + envelope("bob")
    assert talk.hear("250 2.0.0 Queued as 7\r\n" + HELLO) == "hi\r\n.\r\n"
    assert talk.hear("250 2.0.0 Queued as 8\r\n") == ""
    assert talk.answers == [("ann", "dot", "250 2.0.0 Queued as 7"), ("bob", "dot", "250 2.0.0 Queued as 8")]
    assert talk.announced == ["ann", "bob"]


def test_one_letter_ahead():
    """Not more than one letter waits with its envelope said, and none before the first has its message said."""
    talk = Talk()
    talk.begin("ann")
    assert not talk.dialogue.wants_letter
    talk.hear(HELLO)
    assert talk.dialogue.wants_letter
    talk.begin("bob")
    assert not talk.dialogue.wants_letter


def test_command_by_command():
    """Without PIPELINING each command waits for its reply, and each letter for the end of the one before."""
    talk = Talk(pipelining=False)
    assert talk.begin("ann") == "MAIL FROM:<us>\r\n"
    assert talk.hear("250-first line\r\n250 last line\r\n") == "RCPT TO:<ann>\r\n"
    assert talk.hear("250 Ok\r\n") == "DATA\r\n"
    assert talk.hear("354 Go\r\n") == "hi\r\n.\r\n"
    assert not talk.dialogue.wants_letter
    assert talk.hear("250 Ok\r\n") == ""
    assert talk.dialogue.wants_letter


# what the server says to an envelope; what we say to that; what is known; what comes before the next envelope
REFUSALS = [
    (["250 1", "550 5.1.1 No", "503 3"], "", ("ann", "rcpt", "550 5.1.1 No"), "RSET\r\n"),
    (["250 1", "550 5.1.1 No", "354 3"], ".\r\n", ("ann", "rcpt", "550 5.1.1 No"), "RSET\r\n"),
    (["250 1", "450-4.2.0 La", "450 4.2.0 ter", "354 3"], ".\r\n", ("ann", "rcpt", "450 4.2.0 La ter"), "RSET\r\n"),
    (["451 4.3.0 Later", "503 2", "503 3"], "", ("ann", "mail", "451 4.3.0 Later"), "RSET\r\n"),
    (["250 1", "250 2", "554 5.5.1 No"], "", ("ann", "data", "554 5.5.1 No"), "RSET\r\n"),
    (["250 1", "250 2", "354 3", "554 5.7.1 Spam"], "hi\r\n.\r\n", ("ann", "dot", "554 5.7.1 Spam"), "RSET\r\n"),
    (["250 1", "250 2", "354 3", "250 Ok"], "hi\r\n.\r\n", ("ann", "dot", "250 Ok"), ""),
]


@pytest.mark.parametrize("replies, said, answer, before_next", REFUSALS)
def test_refused_when_pipelining(replies, said, answer, before_next):
    """The first refusal decides; who waits for a message to nobody gets a dot; RSET comes before the next."""
    talk = Talk()
    talk.begin("ann")
    assert "".join(talk.hear(reply + "\r\n") for reply in replies) == said
    assert talk.answers == [answer]
    assert not talk.dialogue.is_over
    assert talk.begin("bob") == before_next + envelope("bob")


def test_message_wanted_after_refused_mail():
    """Whose message a server waits for that has refused our MAIL nobody knows: it gets none."""
    talk = Talk()
    talk.begin("ann")
    assert talk.hear("451 4.3.0 Later\r\n250 2\r\n354 3\r\n") == ""
    assert (talk.dialogue.is_over, talk.answers) == (True, [("ann", "mail", "451 4.3.0 Later")])
    assert talk.left() == []


STEPWISE_REFUSALS = [
    (["451 4.3.0 Later"], ("ann", "mail", "451 4.3.0 Later")),
    (["250 1", "550 5.1.1 No"], ("ann", "rcpt", "550 5.1.1 No")),
    (["250 1", "250 2", "554 5.5.1 No"], ("ann", "data", "554 5.5.1 No")),
    (["250 1", "250 2", "354 3", "554 5.7.1 Spam"], ("ann", "dot", "554 5.7.1 Spam")),
]


@pytest.mark.parametrize("replies, answer", STEPWISE_REFUSALS)
def test_refused_command_by_command(replies, answer):
    """After a refusal nothing more is said about that letter, and RSET comes before the next."""
    talk = Talk(pipelining=False)
    talk.begin("ann")
    for reply in replies:
        talk.hear(reply + "\r\n")
    assert talk.answers == [answer]
    assert talk.begin("bob") == "RSET\r\n"
    assert talk.hear("250 Ok\r\n") == "MAIL FROM:<us>\r\n"


@pytest.mark.parametrize("pipelining", [True, False])
def test_reset_between_lone_dot_and_next(pipelining):
    """The reply to a lone dot is nobody's, whatever it says."""
    talk = Talk(pipelining)
    talk.begin("ann")
    for reply in ("250 1", "550 5.1.1 No", "354 3", "554 5.5.1 Nobody")[: 4 if pipelining else 2]:
        talk.hear(reply + "\r\n")
    talk.begin("bob")
    for reply in ("250 Reset", "250 1", "250 2", "354 3", "250 Ok"):
        talk.hear(reply + "\r\n")
    assert talk.answers == [("ann", "rcpt", "550 5.1.1 No"), ("bob", "dot", "250 Ok")]


# what the server says after both letters were said as far as can be; what is left, and how far it got
ENDS = [
    ("", [("ann", "dot"), ("bob", "mail")]),
    ("250 Ok\r\n", [("bob", "mail")]),
    ("250 Ok\r\n250 1\r\n", [("bob", "rcpt")]),
    ("250 Ok\r\n250 1\r\n250 2\r\n", [("bob", "data")]),
    ("250 Ok\r\n550 5.1.0 No\r\n", []),
    ("250 Ok\r\n250 1\r\n250 2\r\n354 3\r\n", [("bob", "dot")]),
    ("250 O", [("ann", "dot"), ("bob", "mail")]),
    ("250-Ok\r\n", [("ann", "dot"), ("bob", "mail")]),
]


@pytest.mark.parametrize("words, left", ENDS)
def test_who_is_left_when_the_connection_breaks(words, left):
    """Who has been answered is known; of the others it is known how far they got."""
    talk = Talk()
    talk.begin("ann")
    talk.hear(HELLO)
    talk.begin("bob")
    talk.hear(words)
    assert talk.left() == left


@pytest.mark.parametrize("sent, stage", [(0, "data"), (3, "data"), (4, "data"), (5, "dot"), (7, "dot")])
def test_in_doubt_begins_with_the_dot(sent, stage):
    """As long as no byte of the final dot has left us, the message cannot have been taken."""
    talk = Talk()
    talk.begin("ann")
    talk.dialogue.receive(HELLO.encode())
    talk.said(most=sent)
    assert talk.left() == [("ann", stage)]


def test_421_anywhere():
    """RFC 5321, 3.8: it is the answer to what was said, and the end."""
    for position in range(4):
        talk = Talk()
        talk.begin("ann")
        for reply in ["250 1\r\n", "250 2\r\n", "354 3\r\n"][:position]:
            talk.hear(reply)
        talk.hear("421 4.3.2 Closing\r\n250 more\r\n")
        stage = ["mail", "rcpt", "data", "dot"][position]
        assert talk.answers == [("ann", stage, "421 4.3.2 Closing")]
        assert talk.dialogue.is_over
        assert talk.left() == []


NONSENSE = ["hello\r\n", "\r\n", "99 low\r\n", "199 low\r\n", "600 high\r\n", "354 go on\r\n", "2x0 Ok\r\n", "x" * 9000]


@pytest.mark.parametrize("words", NONSENSE)
def test_nonsense_ends_the_connection(words):
    """What is no answer to MAIL is taken as none, and nothing that follows is believed."""
    talk = Talk()
    talk.begin("ann")
    talk.hear(words + "250 1\r\n250 2\r\n354 3\r\n")
    assert (talk.dialogue.is_over, talk.answers, talk.left()) == (True, [], [("ann", "mail")])


def test_reply_without_end():
    """A server cannot fill our memory."""
    talk = Talk()
    talk.begin("ann")
    talk.hear("250-more\r\n" * 200)
    assert (talk.dialogue.is_over, talk.left()) == (True, [("ann", "mail")])


def test_go_on_instead_of_an_end():
    """A 354 after the message is no answer to it: in doubt."""
    talk = Talk()
    talk.begin("ann")
    talk.hear(HELLO)
    talk.hear("354 Go on\r\n")
    assert (talk.dialogue.is_over, talk.left()) == (True, [("ann", "dot")])


def test_ok_instead_of_go_on():
    """A server that answers DATA with 250 does not wait for a message: what we would say next were commands."""
    talk = Talk()
    talk.begin("ann")
    assert talk.hear("250 1\r\n250 2\r\n250 3\r\n") == ""
    assert (talk.dialogue.is_over, talk.left()) == (True, [("ann", "data")])


def test_answer_before_the_end_of_the_message():
    """A refusal in the middle of the message counts, praise does not."""
    for words, answers, left in (
        ("552 5.3.4 Too big\r\n", [("ann", "data", "552 5.3.4 Too big")], []),
        ("250 Ok\r\n", [], [("ann", "data")]),
    ):
        talk = Talk()
        talk.begin("ann")
        talk.dialogue.receive(HELLO.encode())
        talk.said(most=2)
        talk.dialogue.receive(words.encode())
        assert (talk.dialogue.is_over, talk.answers, talk.left()) == (True, answers, left)


def test_words_of_their_own_accord():
    """A server that speaks when nothing was said closes, or is out of step: the connection ends."""
    talk = Talk()
    talk.hear("421 4.4.2 Idle for too long\r\n")
    assert (talk.dialogue.is_over, talk.answers) == (True, [])


def test_bad_sequence_after_another_letter():
    """503 to the second MAIL says that the server still holds the first letter: not this one's fault, nor ours."""
    talk = Talk()
    talk.begin("ann")
    talk.hear(HELLO)
    talk.begin("bob")
    talk.hear("554 5.7.1 Spam\r\n503 5.5.1 Nested MAIL\r\n")
    assert (talk.dialogue.is_over, talk.answers) == (True, [("ann", "dot", "554 5.7.1 Spam")])
    assert talk.left() == [("bob", "mail")]


def test_goodbye():
    """After QUIT nothing begins, and its reply is the end."""
    talk = Talk()
    talk.dialogue.quit()
    assert talk.said() == "QUIT\r\n"
    assert not talk.dialogue.wants_letter
    talk.hear("221 Bye\r\n")
    assert talk.dialogue.is_over
