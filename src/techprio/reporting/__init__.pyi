from techprio.display.shown import Shown
from techprio.display.tables import Column, Table
from techprio.sliders.panel import Explorer
from techprio.study.approved import approved_plan

__all__ = [
    "Column",
    "Explorer",
    "Shown",
    "Table",
    "approved_plan",
]
