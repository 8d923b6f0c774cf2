"""Questionnaires for experts: one workbook each, made so that they can hardly be filled in wrongly."""
