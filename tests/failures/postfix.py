"""A private Postfix on the loopback interface: own configuration, queue and ports; the system's is never touched."""

import os
import re
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

from dev.setup.environment import free_port

# its port can be no other than 53, so each run has an address of its own
NAME_SERVER = str(ip_address("127.77.0.0") + os.getpid() % 2**16)
MAILBOX_OWNER = 5000

# what is deferred is tried again every second or two, and its sender told at the second attempt
MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
enable_long_queue_ids = yes
myhostname = relay.example
mydestination =
alias_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
recipient_delimiter = +
transport_maps = inline:{{ {transports} }}
virtual_mailbox_domains = bounces.example
virtual_mailbox_maps = static:bounce/Maildir/
virtual_mailbox_base = {folder}/mail
virtual_uid_maps = static:{owner}
virtual_gid_maps = static:{owner}
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
delay_warning_time = 1s
"""
# service, type, private, unprivileged, chroot, wake-up, processes, command; smtp's resolv.conf is the one in its jail
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
smtp unix - - y - - smtp
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
TAKEN = re.compile(r"/cleanup\[\d+\]: (\w+): message-id=")
REMOVED = re.compile(r"/qmgr\[\d+\]: (\w+): removed")


class Postfix:
    """It listens at `port`, and delivers a mailbox to `mail`."""

    def __init__(self, folder):
        self.folder, self.mail, self.port = folder, folder / "mail", free_port()
        for name in ("etc", "data", "mail", "queue/etc"):
            (folder / name).mkdir(parents=True)
        shutil.chown(folder / "data", "postfix")
        shutil.chown(self.mail, MAILBOX_OWNER, MAILBOX_OWNER)
        (folder / "queue/etc/resolv.conf").write_text(f"nameserver {NAME_SERVER}\n")
        (folder / "etc/master.cf").write_text(MASTER.format(port=self.port))

    def start(self, transports):
        """Listen.

        :param transports: the next hop by domain; for all others the name server is asked
        """
        hops = ", ".join(f"{domain}={hop}" for domain, hop in transports.items())
        settings = MAIN.format(folder=self.folder, transports=hops, owner=MAILBOX_OWNER)
        (self.folder / "etc/main.cf").write_text(settings)
        self._run("postfix", "start")

    def stop(self):
        """End all of its processes; those that hang are killed."""
        self._run("postfix", "stop", check=False)

    def give_up(self):
        """Whatever is deferred from now on comes back at once, as if it had waited for days."""
        self._run("postconf", "maximal_queue_lifetime=0")
        self._run("postfix", "reload")

    def _run(self, program, *arguments, check=True):
        command = [shutil.which(program, path="/usr/sbin"), "-c", self.folder / "etc", *arguments]
        subprocess.run(command, check=check, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)

    def delays_told(self):
        """How many mails were reported as delayed."""
        return self.log().count("sender delay notification")

    def left(self):
        """How many mails it still has; a report is noted before the mail that it is about is removed."""
        log = self.log()
        return len(set(TAKEN.findall(log)) - set(REMOVED.findall(log)))

    def log(self):
        """All that it noted."""
        return (self.folder / "log").read_text(errors="replace")


@contextmanager
def private_postfix():
    """One that has not started; in the end it is stopped, and its folder removed."""
    # its processes run as another user, who cannot enter pytest's own folders
    with tempfile.TemporaryDirectory(prefix="bm-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        postfix = Postfix(folder)
        try:
            yield postfix
        finally:
            postfix.stop()
