"""From declaration to real base: inspect, diff (pure), operations (data), apply."""
