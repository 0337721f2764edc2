"""Whether a command may work for a database (the underscore: this is no command)."""

import psycopg2

from odoo import sql_db


def why_not(database):
    """Why a command can do nothing for this database, in one sentence; None when all is well."""
    try:
        with sql_db.db_connect(database).cursor() as cr:
            cr.execute("SELECT to_regclass('ir_module_module'), to_regclass('ir_config_parameter')")
            if None in cr.fetchone():
                return f"The database {database} is not one of Odoo's."
            cr.execute(
                "SELECT FROM ir_module_module WHERE name = 'bulk_mailing' AND state IN ('installed', 'to upgrade')"
            )
            if not cr.rowcount:
                return f"Bulk Mailing is not installed in the database {database}."
            cr.execute("SELECT FROM ir_config_parameter WHERE key = 'database.is_neutralized' AND value != ''")
            if cr.rowcount:
                return f"The database {database} is a neutralized copy: no mail leaves it, and none comes in."
    except psycopg2.OperationalError as error:
        return f"The database {database} cannot be opened: {' '.join(str(error).split())}"
    return None
