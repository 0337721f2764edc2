"""Workbooks of a grouped list: what its groups are called is no formula either (`models/mailing_address_export.py`)."""

from odoo.addons.web.controllers.export import ExcelExport

from ..core.spreadsheet import inert


def _make_inert(group):
    for child in group.children.values():
        _make_inert(child)
    group.children = {_inert_key(key): child for key, child in group.children.items()}


def _inert_key(key):
    return tuple(inert(part) for part in key) if isinstance(key, tuple) else inert(key)


class Export(ExcelExport):
    def from_group_data(self, fields, columns_headers, groups):
        _make_inert(groups)
        return super().from_group_data(fields, columns_headers, groups)
