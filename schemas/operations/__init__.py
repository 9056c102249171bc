"""What the machine keeps about its own work."""
