"""Run in Odoo's shell: what Odoo's own tests expect of a database with Bulk Mailing."""

settings = env["ir.config_parameter"].sudo()
settings.set_param("bulk_mailing.default_send_engine", "classic")
settings.set_param("bulk_mailing.enforce_terms_and_checks", "0")
env.cr.commit()
