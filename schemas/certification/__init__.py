"""The seal "Freiwillige willkommen !!!": from the autumn seminar to the hand-over at the fair."""
