"""How a result looks in a notebook: one block of facts, tables and notes, in either language.

The room knows frames and texts only; each result says what of it is shown.
"""
