"""What follows from events, invitations and replies. Pure: values and a moment in, findings out; no clock, no I/O."""
