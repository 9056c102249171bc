"""Organisations, persons, functions, offices, interactions and relationships."""
