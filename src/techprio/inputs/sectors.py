"""The sectors of a study."""

from __future__ import annotations

from techprio.inputs.diagnostics import Location
from techprio.inputs.records import Reading
from techprio.language import text
from techprio.model.sectors import Sector


def read_sectors(study: Reading) -> list[Sector]:
    """Return the sectors that ``study.yaml`` names; an id that stands twice is noted."""
    sectors: list[Sector] = []
    locations: dict[str, Location] = {}
    for reading in study.blocks("sectors"):
        code = reading["code"]
        if code is None or "folder" not in reading:
            continue
        if code in locations:
            found = text("{id}, also in {location}", id=code, location=locations[code].words)
            reading.complain("code", "S302", text("each id once"), found=found)
            continue
        locations[code] = reading.parts["code"].location
        sectors.append(reading.build())
    if "sectors" in study and not study.blocks("sectors"):
        study.complain("sectors", "Y205", text("at least one sector"))
    return sectors
