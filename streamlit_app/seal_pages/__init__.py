"""What anybody may know about seals: whether a certificate is genuine, and who holds the seal. Needs no NocoDB."""
