"""Run in Odoo's shell on a copy of the template: fill it as a company would have it. Settings come as JSON in DEMO."""

import json
import os
from pathlib import Path

from odoo.tools import convert_file

FILES = ("users.xml", "lists.xml", "res.partner.csv", "crm.lead.csv")
IMPORT_OPTIONS = {"has_headers": True, "encoding": "utf-8", "separator": ",", "quoting": '"', "advanced": True}
settings = json.loads(os.environ["DEMO"])


def load_files():
    """The people, firms and leads that also come with Odoo's own demo data."""
    for name in FILES:
        convert_file(env, "bulk_mailing", f"demo/{name}", {}, mode="init", noupdate=True)


def describe_company():
    """Name, sender address and the domain that answers come to."""
    domain = env["mail.alias.domain"].create({"name": settings["domain"]})
    env.company.write(
        {
            "name": settings["company"],
            "email": f"office@{settings['domain']}",
            "street": "Hazel Lane 7",
            "city": "Utrecht",
            "country_id": env.ref("base.nl").id,
            "alias_domain_id": domain.id,
        }
    )
    env.ref("base.partner_admin").write({"email": f"admin@{settings['domain']}", "tz": "Europe/Amsterdam"})
    parameters = env["ir.config_parameter"].sudo()
    parameters.set_param("web.base.url", settings["base_url"])
    parameters.set_param("web.base.url.freeze", "True")


def ask_nobody():
    """Odoo looks up companies and leads at a service of its own; this database asks nobody.

    Nor the DNS, which knows none of the domains that its people have their mail in.
    """
    parameters = env["ir.config_parameter"].sudo()
    parameters.set_param("crm.iap.lead.enrich.setting", "manual")
    parameters.set_param("bulk_mailing.check_addresses_days", "0")
    env.company.iap_enrich_auto_done = True
    if cron := env.ref("crm_iap_enrich.ir_cron_lead_enrichment", raise_if_not_found=False):
        cron.active = False


def use_catcher_only():
    """The one way out of this database leads to the catcher."""
    env["ir.mail_server"].search([]).active = False
    env["ir.mail_server"].create(
        {
            "name": "Mail catcher of the demo",
            "smtp_host": "127.0.0.1",
            "smtp_port": settings["smtp_port"],
            "smtp_authentication": "login",
            "smtp_encryption": "none",
            "from_filter": settings["domain"],
        }
    )


def import_contacts():
    """The list, by the import that people use (the tracking switch is what its screen sends)."""
    wizard = env["base_import.import"].create(
        {
            "res_model": "mailing.contact",
            "file": Path(settings["csv"]).read_bytes(),
            "file_name": "autumn_customers.csv",
            "file_type": "text/csv",
        }
    )
    done = wizard.with_context(tracking_disable=True, lang="en_US").execute_import(
        settings["fields"], settings["columns"], dict(IMPORT_OPTIONS)
    )
    problems = [message["message"] for message in done["messages"]]
    if problems or len(done["ids"]) != settings["rows"]:
        raise SystemExit(f"The import failed: {problems[:3]}, {len(done['ids'] or [])} of {settings['rows']} rows")


def let_some_leave():
    """People who blocked us or left the list before."""
    for address in settings["blacklisted"]:
        env["mail.blacklist"]._add(address)
    leavers = env["mailing.contact"].search([("email", "in", settings["opted_out"])])
    leavers.subscription_ids.write({"opt_out": True})


ask_nobody()
load_files()
describe_company()
use_catcher_only()
import_contacts()
let_some_leave()
env.cr.commit()
