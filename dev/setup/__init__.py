"""Odoo 19, its Python packages and a private PostgreSQL, built once in a cache folder outside the checkout."""
