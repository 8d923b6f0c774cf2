"""The whole chain: read a study, run it, keep each stage."""
