{
    "name": "Bulk Mailing: live chat",
    "summary": "The chatbot refuses an address that no mail can reach, at once",
    "version": "19.0.1.0.0",
    "category": "Marketing/Email Marketing",
    "license": "LGPL-3",
    "author": "Bulk Mailing contributors",
    "website": "https://example.org/bulk_mailing",
    "depends": ["bulk_mailing", "im_livechat"],
    "auto_install": True,
}
