"""Pictures of a journey, drawn from plain values: as SVG, and as PDF made of the same SVG."""
