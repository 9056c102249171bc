"""Lists from outside: one module per kind of source; the profiles are TOML files."""
