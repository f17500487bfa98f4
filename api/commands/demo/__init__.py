"""Making the demo: people, journeys, voices. Only here does one process act as several members."""
