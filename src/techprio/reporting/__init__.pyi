from techprio.display.quantities import Column, Entry, Quantity, Table
from techprio.display.show import Shown, View
from techprio.reporting.files import to_analysis, to_document, to_page, to_workbook
from techprio.sliders.panel import Explorer
from techprio.study.snapshot import approved_plan

__all__ = [
    "Column",
    "Entry",
    "Explorer",
    "Quantity",
    "Shown",
    "Table",
    "View",
    "approved_plan",
    "to_analysis",
    "to_document",
    "to_page",
    "to_workbook",
]
