"""Fill the demo's database: hand the settings and the contact list to a script in Odoo's shell."""

import json
from pathlib import Path

from ..setup.paths import CHECKOUT
from ..setup.say import run
from .contacts import COLUMNS, FIELDS, ContactList, to_csv

COMPANY = "Hazel Gardens"
DOMAIN = "hazel.example"
SCRIPT = CHECKOUT / "dev" / "in_shell" / "demo_data.py"


def fill(env, database: str, contacts: ContactList, folder: Path, base_url: str, smtp_port: int) -> None:
    """Companies, contacts, leads, users, the imported list, and the catcher as the only outgoing server."""
    imported = folder / "autumn_customers.csv"
    imported.write_bytes(to_csv(contacts))
    settings = {
        "company": COMPANY,
        "domain": DOMAIN,
        "base_url": base_url,
        "smtp_port": smtp_port,
        "csv": str(imported),
        "fields": FIELDS,
        "columns": COLUMNS,
        "rows": len(contacts.rows),
        "blacklisted": contacts.blacklisted,
        "opted_out": contacts.opted_out,
    }
    with SCRIPT.open() as source:
        variables = env.variables | {"DEMO": json.dumps(settings)}
        run(env.odoo_command("shell", "-d", database, "--no-http"), "demo-data", env=variables, stdin=source)
