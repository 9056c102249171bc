"""Floor 0: the domain. What is kept and what follows from it; no I/O, no clock, no network."""
