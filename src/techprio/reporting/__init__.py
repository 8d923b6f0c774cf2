"""What leaves the house: lists, workbook, documents, charts and the record of a run."""
