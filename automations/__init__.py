"""Floor 2: decisions over time, then effects."""
