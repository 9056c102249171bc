"""Events of the network: whom to invite, what they answered, who came, and what follows."""
