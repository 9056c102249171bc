"""The parts of the page *Zertifizierung*: one module per tab."""
