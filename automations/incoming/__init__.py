"""Contacts that flow in without typing: from calendars and from a mailbox."""
