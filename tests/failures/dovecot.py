"""A private Dovecot on the loopback interface: an IMAP server for the mailboxes of `postfix.py`."""

import imaplib
import shutil
import subprocess
from contextlib import contextmanager

from postfix import MAILBOX_OWNER

from dev.setup.environment import free_port

USER, PASSWORD = "bounce", "secret"
CONFIGURATION = """\
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/dovecot.log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{mail}/%n/Maildir
first_valid_uid = {owner}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner} home={mail}/%n
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


class Dovecot:
    """It listens at `port`."""

    def __init__(self, folder, mail):
        self.port, self._configuration = free_port(), folder / "dovecot.conf"
        (folder / "run").mkdir()
        (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
        (folder / "users").chmod(0o644)
        self._configuration.write_text(
            CONFIGURATION.format(folder=folder, mail=mail, owner=MAILBOX_OWNER, port=self.port)
        )

    def start(self):
        """Listen; ends when it does."""
        subprocess.run([self._program("dovecot"), "-c", self._configuration], check=True)

    def stop(self):
        """End all of its processes."""
        subprocess.run([self._program("doveadm"), "-c", self._configuration, "stop"], check=False)

    def _program(self, name):
        return shutil.which(name, path="/usr/sbin:/usr/bin")

    def forget_what_was_read(self):
        """All mails are new again; how many there are."""
        with imaplib.IMAP4("127.0.0.1", self.port) as mailbox:
            mailbox.login(USER, PASSWORD)
            [count] = mailbox.select()[1]
            mailbox.store("1:*", "-FLAGS", "\\Seen")
        return int(count)


@contextmanager
def private_dovecot(folder, mail):
    """One that runs, with its files in this folder."""
    dovecot = Dovecot(folder, mail)
    dovecot.start()
    try:
        yield dovecot
    finally:
        dovecot.stop()
