"""Files into nouns: studies, tables and judgments, every problem with its place."""
