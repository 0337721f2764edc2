"""Run in Odoo's shell on the base template: what a database needs before anybody can use it."""

# without an address the administrator cannot save a mailing
env.ref("base.partner_admin").email = "admin@example.com"
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
