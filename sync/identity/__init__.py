"""Who is who: the one rule that says whether two rows are the same human being or body. Pure.

Every evidence is weighed in bits: the binary logarithm of how much likelier it is for rows that are one than for rows
that are two. Rare values weigh more than common ones (``frequencies``), names are the gate (``person_names``,
``organisation_names``), and what contradicts counts as well. The sum is a confidence from 0 to 100 (``evidence``):
from SHOW on people are asked, from SURE on hardly anybody would hesitate, and only what is also proved by more than a
name, with nothing against it, is taken for the same without asking.
"""
