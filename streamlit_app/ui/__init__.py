"""What a person sees: German texts, formats, and the pieces that pages are made of."""
