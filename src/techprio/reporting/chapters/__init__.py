"""The chapters of the report, one file each, in the order of the province's documents."""
