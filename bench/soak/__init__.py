"""`make soak`: what needs time, quiet or violence."""
