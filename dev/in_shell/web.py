"""Run in Odoo's shell: make the web client's bundles, so that the first browser need not wait for them."""

env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
