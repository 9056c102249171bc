"""The network's own work: contributions of its members. Later bodies, seats, agenda items and tasks."""
