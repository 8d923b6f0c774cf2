"""What leaves the house: lists, workbook, document, page, record."""
