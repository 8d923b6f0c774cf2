"""Names that do not exist."""

import techprio as tp
from techprio import swing_weights  # E: attr-defined
from techprio.weighting import swing  # E: attr-defined

tp.no_such_name  # E: attr-defined
tp.rnak  # E: attr-defined
tp.walk_weight  # E: attr-defined
tp.study  # E: attr-defined
tp.errors.near_nam  # E: attr-defined
