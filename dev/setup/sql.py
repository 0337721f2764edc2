"""Statements for PostgreSQL, run by the virtual environment's own driver: no psql is needed."""

import json
import os
import subprocess
from pathlib import Path

from .say import Problem

RUNNER = """
import json, sys, psycopg2
statements = json.load(sys.stdin)
connection = psycopg2.connect(dbname=sys.argv[1])
connection.autocommit = True
cursor = connection.cursor()
for statement in statements:
    cursor.execute(statement)
rows = cursor.fetchall() if cursor.description else []
print(json.dumps(rows, default=str))
"""


def execute(venv: Path, server_variables: dict[str, str], *statements: str, database: str = "postgres") -> list[list]:
    """Run statements one by one, each in its own transaction; the rows of the last."""
    done = subprocess.run(
        [venv / "bin" / "python", "-c", RUNNER, database],
        input=json.dumps(statements),
        env=os.environ | server_variables,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Problem(f"PostgreSQL refused '{statements[-1][:60]}': {done.stderr.strip().splitlines()[-1]}")
    return json.loads(done.stdout)
