"""Pure functions of plain values: no clock, no database, no network."""
