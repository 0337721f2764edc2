"""`make bench`: the same mailing on Odoo's own engine, on ours, and the bare wire, in one run on one machine.

`newsletter` is what is sent, `scenarios` what is measured, `wire` and `reference_pipeline` the far limits,
`table` what is printed.
"""
