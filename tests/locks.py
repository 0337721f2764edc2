"""Tests of two connections, of which one waits for the other."""

from odoo.tests import BaseCase


class LockCase(BaseCase):
    def wait_for_a_lock(self, cr):
        """Until somebody waits for us."""
        for _attempt in range(1000):
            # not pg_stat_activity, of which a transaction sees the same all the time
            cr.execute("SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))")
            if cr.rowcount:
                return
            cr.execute("SELECT pg_sleep(0.01)")
        self.fail("Nobody waits for a lock of ours")
