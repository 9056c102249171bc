"""Answers to invitations that come by mail: out of calendars (iTIP), in free words, and what comes back undelivered."""
