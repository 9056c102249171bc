"""The self-assessment of a placement by link: read, filled in page by page by several people, handed in."""
