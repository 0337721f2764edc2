{
    "name": "Bulk Mailing: project",
    "summary": "Addresses that do not work, as the tasks of a project",
    "version": "19.0.1.0.0",
    "category": "Marketing/Email Marketing",
    "license": "LGPL-3",
    "author": "Bulk Mailing contributors",
    "website": "https://example.org/bulk_mailing",
    "depends": ["bulk_mailing", "project"],
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "wizards/mailing_address_to_project_views.xml",
        "views/mailing_address_views.xml",
    ],
    "assets": {"web.assets_tests": ["bulk_mailing_project/static/tests/tours/**/*"]},
    "auto_install": True,
}
