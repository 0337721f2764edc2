"""How fast mails may go: rates that are kept without bursts, and providers that ask us to slow down."""
