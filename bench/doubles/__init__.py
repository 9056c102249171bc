"""What generated rows with known duplicates are made of: words, places, people, bodies, and the damage done to them.

Written without a look at the rules of the product, so that a measurement with these rows says something about them.
"""
