"""Outgoing mail: handing a message over to the mail server of the house."""
