"""`make demo`: a demo company with 5,000 messy contacts, and a real mailing to them through the four steps.

`contacts` writes the list, `data` fills the database, `server` runs Odoo, `four_steps` sends as a person would,
`proof` compares what both ends counted.
"""
