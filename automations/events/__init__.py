"""What happens around an event: guest lists, letters, answers, the door, and what follows."""
