"""Floor 4: the command ``kontaktnetz`` and the embedded NocoDB it can start."""

__version__ = "0.1.0"
