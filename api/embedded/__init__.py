"""A PostgreSQL of our own: `make serve` and the tests need nothing but Python."""
