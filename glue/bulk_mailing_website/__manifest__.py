{
    "name": "Bulk Mailing: website",
    "summary": "Forms and the newsletter box refuse an address that no mail can reach, at once",
    "version": "19.0.1.0.0",
    "category": "Marketing/Email Marketing",
    "license": "LGPL-3",
    "author": "Bulk Mailing contributors",
    "website": "https://example.org/bulk_mailing",
    "depends": ["bulk_mailing", "website_mass_mailing"],
    "assets": {
        "web.assets_frontend": ["bulk_mailing_website/static/src/**/*"],
        "web.assets_tests": ["bulk_mailing_website/static/tests/tours/**/*"],
    },
    "auto_install": True,
}
