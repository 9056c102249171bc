"""The jobs, one module per concept."""
