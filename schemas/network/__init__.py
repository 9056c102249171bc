"""The network's own work: its bodies and seats, tasks, contributions of its members. Later agenda items."""
