"""Shadow figures: about what one more unit of a limit would be worth."""

from __future__ import annotations

import pandas as pd

from techprio.phasing.highs import Solved
from techprio.phasing.rows import Rows


def shadow_table(rows: Rows, relaxed: Solved) -> pd.DataFrame:
    """Prices of money and people, from the continuous relaxation.

    Parameters
    ----------
    rows : Rows
    relaxed : Solved
        The continuous relaxation.

    Returns
    -------
    DataFrame
        Columns ``limit, year, price``: value per unit of the limit. For a limit with carry-over it is
        the price of one more unit up to the end of that year. About, because technologies are
        placed whole.
    """
    found = []
    if relaxed.solution is not None and len(relaxed.row_prices) == len(rows.names):
        for name, price in zip(rows.names, relaxed.row_prices, strict=True):
            if name[0] in ("budget", "staff"):
                limit = "staff" if name[0] == "staff" else f"budget {name[1]}"
                found.append((limit, int(name[-1]), abs(float(price)) if abs(price) > 1e-12 else 0.0))
    return pd.DataFrame(found, columns=["limit", "year", "price"]).astype({"year": int, "price": float})
