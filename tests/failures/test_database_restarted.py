"""PostgreSQL crashes in the middle of a mailing and comes back.

It is a server of the test's own, as others use the shared one.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from campaign import Campaign

from dev.setup import postgres
from dev.setup.postgres_programs import find_programs


@pytest.fixture(scope="module")
def cluster(env):
    """A private PostgreSQL."""
    folder = Path(tempfile.mkdtemp(prefix="bm-", dir="/tmp"))
    folder.chmod(0o755)  # its owner is another user when we are root
    cluster = postgres.Cluster(find_programs(env.venv), folder / "data", folder / "socket")
    postgres.create(cluster, env.venv)
    postgres.start(cluster)
    yield cluster
    postgres.stop_cluster(cluster, "immediate")
    shutil.rmtree(folder)


@pytest.fixture
def elsewhere(env, source, cluster):
    """The prepared database, on that PostgreSQL."""
    programs, database = cluster.programs, f"{source}_elsewhere"
    subprocess.run([programs / "createdb", "-h", cluster.socket, "-U", "odoo", database], check=True)
    dump = [programs / "pg_dump", "--no-owner", "-d", source]
    load = [programs / "psql", "-q", "-h", cluster.socket, "-U", "odoo", "-d", database, "-o", "/dev/null"]
    with subprocess.Popen(dump, stdout=subprocess.PIPE) as dumping:
        subprocess.run(load, stdin=dumping.stdout, check=True)
    campaign = Campaign(env, database, host=str(cluster.socket))
    yield campaign
    campaign.end()


def test_lanes_go_on(elsewhere, cluster):
    """Lanes are started again until the database is there; the journal knows what it does not: nobody is in doubt."""
    flight = elsewhere.flight("news")
    elsewhere.limit_connections(maximum=100, threads=3)
    flight.depart_slowly()
    elsewhere.start_sender(lanes=2)
    for number in (30, 120):
        flight.wait_accepted(number)
        elsewhere.disconnect()
        postgres.stop_cluster(cluster, "immediate")  # as a crash: without a checkpoint
        postgres.start(cluster)
    flight.wait_settled()
    elsewhere.stop()
    assert flight.summary() == {"accepted": 300, "doubles": 0, "sent": 300}
