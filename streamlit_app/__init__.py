"""Floor 3: shows and asks; owns no rule."""
