"""What all pages for people without a sign-in share: limits, headers, forms' tickets, style, words, the held base."""
