"""Floor 1: all traffic between the declared and the real base, and between the outside world and the base."""
