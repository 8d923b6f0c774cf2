"""The words that the outputs share."""

from __future__ import annotations

from techprio.language import Text, text

ROLE_NAMES: dict[str, Text] = {
    "platform": text("platform"),
    "core": text("core"),
    "encouraged": text("encouraged"),
}
SCOPE_NAMES: dict[str, Text] = {
    "cross-sector": text("cross-sector"),
    "own sector": text("of its own sector"),
}
ACTION_NAMES: dict[str, Text] = {
    "renew": text("renew"),
    "replace": text("replace"),
    "transfer": text("transfer in"),
    "new": text("new investment"),
}
DIRECTION_NAMES: dict[str, Text] = {
    "maximize": text("higher is better"),
    "minimize": text("lower is better"),
}
EDGE_NAMES: dict[str, Text] = {"hard": text("cannot run without"), "soft": text("works better with")}


def no_picture(name: str) -> Text:
    """Return what stands in place of a picture that was not read with its text."""
    return text("[picture {name} was not read with this text]", name=name)


def role_name(role: str) -> Text | str:
    """Return the name of a role for readers."""
    return ROLE_NAMES.get(role, role)
