"""The nouns: frozen, labelled, without files."""
