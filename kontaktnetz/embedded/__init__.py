"""The NocoDB that Kontaktnetz installs, starts and stops itself."""
