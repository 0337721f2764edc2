"""How Postfix's reports come to Odoo: fetched from a mailbox, or handed over by LMTP."""

import subprocess

from dovecot import PASSWORD, USER, private_dovecot

from dev.setup.environment import free_port

# Odoo's incoming mail server, which fetches whenever somebody has taken its date away
FETCH = """
import time
server = env["fetchmail.server"].create({
    "name": "Bounces", "server_type": "imap", "server": "127.0.0.1", "port": %d, "is_ssl": False,
    "user": "%s", "password": "%s",
})
server.button_confirm_login()
while True:
    env.cr.commit()
    env.invalidate_all()
    if not server.date:
        server.fetch_mail()
    time.sleep(0.1)
"""


class Mailbox:
    """Dovecot serves the mailbox, and Odoo fetches from it."""

    transport = "virtual:"

    def __init__(self, campaign, postfix, stack):
        self._campaign = campaign
        self._dovecot = stack.enter_context(private_dovecot(postfix.folder, postfix.mail))
        command = campaign.env.odoo_command("shell", "-d", campaign.database, "--no-http")
        shell = subprocess.Popen(command, env=campaign.env.variables, stdin=subprocess.PIPE, text=True)
        stack.callback(shell.wait)
        stack.callback(shell.kill)
        shell.stdin.write(FETCH % (self._dovecot.port, USER, PASSWORD))
        shell.stdin.close()

    def take(self):
        """Fetch what is new."""
        self.begin_to_take()
        self.end_taking()

    def begin_to_take(self):
        """Let it fetch, when it can."""
        self.end_taking()
        self._campaign.sql("UPDATE fetchmail_server SET date = NULL")

    def end_taking(self):
        """Until nothing new is left."""
        self._campaign.wait(lambda: self._campaign.sql("SELECT id FROM fetchmail_server WHERE date IS NOT NULL"))

    def take_again(self):
        """Fetch everything once more; how many mails."""
        count = self._dovecot.forget_what_was_read()
        self.take()
        return count


class Lmtp:
    """Our command takes each report from Postfix as it comes."""

    def __init__(self, campaign, _postfix, stack):
        port = free_port()
        self.transport = f"lmtp:inet:127.0.0.1:{port}"
        command = campaign.env.odoo_command("bulk_bounces", "-d", campaign.database, "--lmtp", port)
        listener = subprocess.Popen(command, env=campaign.env.variables)
        stack.callback(listener.wait)
        stack.callback(listener.terminate)

    def take(self):
        """What Postfix has got rid of is in the database."""
