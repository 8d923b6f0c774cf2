r"""Bayesian groups: how sure it is that one criterion matters more to a group than another.

Each expert's weights are drawn around those of the group, :math:`w^k \sim \mathrm{Dir}(\gamma w^*)`, with
:math:`\gamma \sim \mathrm{Gamma}(0.1, 0.1)` and all :math:`w^*` equally likely before anybody is asked. In
the Bayesian best-worst method the experts' comparisons are counts,
:math:`A_B^k \sim \mathrm{Multinomial}(1 / w^k)` and :math:`A_W^k \sim \mathrm{Multinomial}(w^k)`; of a panel
of pairwise comparisons the experts' priorities are known at each node. The share of the posterior draws in
which one criterion outweighs another is the certainty of it (the credal ranking).

References
----------
M. Mohammadi, J. Rezaei (2020), Bayesian best-worst method: a probabilistic group decision making model.
Omega 96, 102075.
R. M. Neal (2011), MCMC using Hamiltonian dynamics, in Handbook of Markov Chain Monte Carlo, chapter 5;
M. D. Hoffman, A. Gelman (2014), The No-U-Turn sampler, Journal of Machine Learning Research 15, section 3.2
(how the length of a step is found).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import MOST_DRAWS, check_count, validated
from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.errors import InputError
from techprio.language import Text, text
from techprio.model.checks import Checks, to_numbers
from techprio.model.provenance import Provenance
from techprio.model.scale import CRITERION
from techprio.model.weights import WEIGHT, Weights
from techprio.weighting.group import ExpertPanel, spread_down

Array = NDArray[np.float64]
#: Shape and rate of the prior of γ, a weak one. The authors' own code (github.com/Majeed7/BayesianBWM,
#: B2WME.txt) takes 0.01, and one level more above the weights of the group.
PRIOR = 0.1
DRAWS = 4_000
#: Log density, up to a constant, and its gradient: (chains, n) to (chains,) and (chains, n).
Density = Callable[[Array], tuple[Array, Array]]
CHAINS, WARM_UP, STEPS = 128, 200, 12
_ACCEPTED = 0.8
LOW = Quantity("posterior_low", text("Low (5%)"), text("5% of the posterior lies below."), "weight")
HIGH = Quantity("posterior_high", text("High (95%)"), text("95% of the posterior lies below."), "weight")
OUTWEIGHS = Quantity(
    "outweighs",
    text("Outweighs"),
    text(
        "How certain it is that the criterion of the row matters more to the group than that of the column."
    ),
    "share",
)


@dataclass(frozen=True)
class GroupPosterior(Result):
    """What a group of experts thinks matters, with its certainty.

    It is a source of weights: ``weight_distribution`` of a simulation takes it.

    Parameters
    ----------
    sample : DataFrame
        A row a draw of the posterior, a column a criterion; each row sums to 1.
    local : mapping of str to DataFrame
        The same inside each node of a tree.
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> best = pd.DataFrame({"price": [1, 1], "range": [3, 2], "color": [9, 8]}, index=["e1", "e2"])
    >>> worst = pd.DataFrame({"price": [9, 8], "range": [3, 4], "color": [1, 1]}, index=["e1", "e2"])
    >>> found = bayesian_best_worst(best, worst, draws=2000)
    >>> found.weights.idxmax(), bool(found.certainty.loc["price", "color"] > 0.95)
    ('price', True)
    """

    sample: pd.DataFrame = field(repr=False)
    local: Mapping[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    @property
    def criteria(self) -> tuple[str, ...]:
        """Criteria in the order of the columns that :meth:`draw` returns."""
        return tuple(map(str, self.sample.columns))

    @property
    def weights(self) -> pd.Series:
        """Mean of the posterior: the weights of the group."""
        return self.sample.mean().rename("weight")

    @property
    def certainty(self) -> pd.DataFrame:
        """Share of the posterior in which the row matters more than the column."""
        return _certainty(self.sample)

    def draw(self, generator: np.random.Generator, count: int) -> Array:
        """Return ``count`` weight vectors of the posterior, shape (count, n)."""
        rows = generator.integers(len(self.sample), size=count)
        return np.asarray(self.sample.to_numpy()[rows])

    def to_frame(self) -> pd.DataFrame:
        """Return ``criterion, weight, posterior_low, posterior_high``, the heaviest first."""
        low, high = self.sample.quantile(0.05), self.sample.quantile(0.95)
        frame = pd.DataFrame({"weight": self.weights, "posterior_low": low, "posterior_high": high})
        ordered = frame.sort_values("weight", ascending=False, kind="stable")
        return ordered.rename_axis("criterion").reset_index()

    def tables(self) -> dict[str, Table]:
        """Return ``weights`` and ``certainty``: who matters more than whom, the heaviest first."""
        frame = self.to_frame()
        order = list(frame["criterion"])
        rows = [
            (name, *("" if name == other else float(self.certainty.loc[name, other]) for other in order))
            for name in order
        ]
        columns = [CRITERION, *(OUTWEIGHS.each(str(name)) for name in order)]
        title = text("How certain it is that one criterion matters more to the group than another")
        return tables_of(
            Table.from_frame(
                "weights", self._title(), [CRITERION, Column(WEIGHT, bar=True), LOW, HIGH], frame
            ),
            Table.of("certainty", title, columns, rows),
        )

    def _summary(self) -> str:
        return f"{len(self.criteria)} criteria, {len(self.sample)} draws, first: {self.weights.idxmax()}"

    def _title(self) -> Words:
        return text("Weights of the group, with their certainty")


def _certainty(sample: pd.DataFrame) -> pd.DataFrame:
    values = sample.to_numpy()
    shares = [(values[:, [i]] > values).mean(axis=0) for i in range(values.shape[1])]
    return pd.DataFrame(shares, index=sample.columns, columns=list(sample.columns))


@validated
def bayesian_best_worst(
    best_to_others: pd.DataFrame, others_to_worst: pd.DataFrame, *, draws: int = DRAWS, seed: int = 0
) -> GroupPosterior:
    """Weigh by the Bayesian best-worst method: the group of several experts, with its certainty.

    Parameters
    ----------
    best_to_others, others_to_worst : DataFrame
        A row an expert, a column a criterion: how many times the expert's best outweighs each, and each the
        expert's worst (1 to 9 by custom). Experts may have other best and worst criteria.
    draws : int
        Draws of the posterior, at least.
    seed : int
        0 is a seed.

    Returns
    -------
    GroupPosterior

    Raises
    ------
    InputError
        Tables of other experts or criteria; a comparison that is no number of 1 or more; a row without its 1.

    Examples
    --------
    >>> best = pd.DataFrame({"a": [1, 2], "b": [2, 1], "c": [8, 9]})
    >>> worst = pd.DataFrame({"a": [8, 5], "b": [4, 9], "c": [1, 1]})
    >>> bool((bayesian_best_worst(best, worst, draws=1000).certainty.loc[["a", "b"], "c"] > 0.9).all())
    True
    """
    check_count("draws", draws, least=1, most=MOST_DRAWS)
    check_count("seed", seed, least=0)
    to_others, to_worst = _comparisons(best_to_others, others_to_worst)
    experts, size = to_others.shape
    generator = np.random.default_rng(seed)
    start = np.repeat(np.log(to_worst / to_others).reshape(1, -1) / 2, CHAINS, axis=0)
    group = start.reshape(CHAINS, experts, size).mean(axis=1)
    start = np.hstack([start, group, np.full((CHAINS, 1), np.log(20.0))])
    start += 0.1 * generator.standard_normal(start.shape)

    def density(x: Array) -> tuple[Array, Array]:
        own = x[:, : experts * size].reshape(len(x), experts, size)
        logs = _log_softmax(own)
        shares, inverse = np.exp(logs), np.exp(_log_softmax(-logs))
        group_rise, group_slope, by_logs = _group_density(x[:, experts * size :], logs, np.ones(experts))
        # log sum 1/w, by which the probabilities of A_B are divided
        total = _log_sum(-logs)
        counts = to_others.sum(axis=1)
        rise = group_rise + (logs * (to_worst - to_others + 1.0)).sum(axis=(1, 2)) - total @ counts
        factors = to_worst - to_others + 1.0 + by_logs
        slope = factors - factors.sum(axis=2, keepdims=True) * shares
        slope += counts[:, None] * (inverse - shares)
        rise -= np.square(own.sum(axis=2)).sum(axis=1) / (2 * size)
        slope -= own.sum(axis=2, keepdims=True) / size
        return rise, np.hstack([slope.reshape(len(x), -1), group_slope])

    drawn = sample(density, start, draws, generator)
    found = np.exp(_log_softmax(drawn[:, -size - 1 : -1]))
    method = f"bayesian_best_worst(draws={draws})"
    return GroupPosterior(
        pd.DataFrame(found, columns=list(map(str, best_to_others.columns))),
        provenance=Provenance.of(method, seed=seed),
    )


@validated
def bayesian_group(weights: Weights, *, draws: int = DRAWS, seed: int = 0) -> GroupPosterior:
    """Return how certain it is what matters to a panel, from the priorities of its experts at each node.

    Parameters
    ----------
    weights : Weights
        From :func:`techprio.ahp` on a panel of at least two experts. Each expert counts as the votes of the
        panel say.
    draws : int
        Draws of the posterior, at least.
    seed : int
        0 is a seed.

    Returns
    -------
    GroupPosterior

    Raises
    ------
    InputError
        Weights that no panel stands behind.

    Examples
    --------
    >>> import techprio as tp
    >>> said = {"e1": {("a", "b"): 3}, "e2": {("a", "b"): 2}, "e3": {("a", "b"): 4}}
    >>> found = bayesian_group(tp.ahp(tp.weighting.judgments_from_matrices(said)), draws=1000)
    >>> bool(found.certainty.loc["a", "b"] > 0.9)
    True
    """
    check_count("draws", draws, least=1, most=MOST_DRAWS)
    check_count("seed", seed, least=0)
    if not isinstance(weights.panel, ExpertPanel):
        raise InputError(
            text("a Bayesian group needs weights made from the judgments of two experts or more")
        )
    return panel_posterior(weights.panel, draws=draws, seed=seed)


def panel_posterior(panel: ExpertPanel, *, draws: int = DRAWS, seed: int = 0) -> GroupPosterior:
    """Return the posterior of a panel; every node has draws of its own."""
    generator = np.random.default_rng(seed)
    local = {}
    for node, said in panel.nodes.items():
        votes = panel.members.votes(said.joined, np.ones(len(said.joined)))
        counted = votes > 0
        local[node] = _node_sample(said.local[counted], votes[counted] * counted.sum(), draws, generator)
    count = min(len(drawn) for drawn in local.values())
    cut = {node: drawn[:count] for node, drawn in local.items()}
    overall = spread_down(panel.hierarchy, cut)
    return GroupPosterior(
        pd.DataFrame(overall, columns=list(panel.criteria)),
        {node: pd.DataFrame(drawn, columns=list(panel.hierarchy[node])) for node, drawn in cut.items()},
        provenance=Provenance.of(f"bayesian_group(draws={draws})", seed=seed),
    )


def _node_sample(local: Array, votes: Array, draws: int, generator: np.random.Generator) -> Array:
    size = local.shape[1]
    if size == 1:
        return np.ones((-(-draws // CHAINS) * CHAINS, 1))
    logs = np.log(np.maximum(local, 1e-12))
    middle = votes @ logs / votes.sum()
    start = np.hstack([np.tile(middle - middle.mean(), (CHAINS, 1)), np.full((CHAINS, 1), np.log(20.0))])
    start += 0.1 * generator.standard_normal(start.shape)

    def density(x: Array) -> tuple[Array, Array]:
        return _group_density(x, logs[None], votes)[:2]

    return np.exp(_log_softmax(sample(density, start, draws, generator)[:, :size]))


def _group_density(x: Array, logs: Array, votes: Array) -> tuple[Array, Array, Array]:
    """Return the log density of the group given the logarithms of the experts' weights, and its gradients.

    ``x`` are z* and log γ, shape (chains, n + 1); the third result is the gradient by the logarithms, without
    the -1 of the Dirichlet density, which goes with the change of variables.
    """
    from scipy.special import gammaln, psi

    size = x.shape[1] - 1
    center = x[:, :size]
    shares, gamma = np.exp(_log_softmax(center)), np.exp(np.minimum(x[:, size], 30.0))
    alpha = np.maximum(gamma[:, None] * shares, 1e-12)
    total = float(votes.sum())
    mean_logs = np.einsum("k,ckj->cj", votes, np.broadcast_to(logs, (len(x), *logs.shape[1:])))
    rise = total * (gammaln(gamma) - gammaln(alpha).sum(axis=1)) + ((alpha - 1.0) * mean_logs).sum(axis=1)
    rise += np.log(shares + 1e-300).sum(axis=1) + PRIOR * x[:, size] - PRIOR * gamma
    rise -= np.square(center.sum(axis=1)) / (2 * size)
    by_alpha = mean_logs - total * psi(alpha)
    by_shares = gamma[:, None] * by_alpha
    slope = shares * (by_shares - (shares * by_shares).sum(axis=1, keepdims=True))
    slope += 1.0 - size * shares - center.sum(axis=1, keepdims=True) / size
    by_gamma = gamma * (total * psi(gamma) + (shares * by_alpha).sum(axis=1)) + PRIOR - PRIOR * gamma
    by_logs = alpha[:, None, :] * votes[None, :, None] - votes[None, :, None]
    return rise, np.hstack([slope, by_gamma[:, None]]), by_logs


def _log_softmax(x: Array) -> Array:
    return np.asarray(x - _log_sum(x)[..., None])


def _log_sum(x: Array) -> Array:
    most = x.max(axis=-1, keepdims=True)
    return np.asarray((most + np.log(np.exp(x - most).sum(axis=-1, keepdims=True)))[..., 0])


def _comparisons(best_to_others: pd.DataFrame, others_to_worst: pd.DataFrame) -> tuple[Array, Array]:
    checks = Checks(text("the comparisons cannot be used"))
    names, experts = list(best_to_others.columns), list(best_to_others.index)
    if set(names) != set(others_to_worst.columns) or set(experts) != set(others_to_worst.index):
        raise InputError(text("both tables need the same experts (rows) and criteria (columns)"))
    if len(names) < 2 or not experts:
        raise InputError(text("one expert and two criteria or more are needed"))
    tables = []
    for side, table in (
        (text("best against others"), best_to_others),
        (text("others against worst"), others_to_worst.loc[experts, names]),
    ):
        numbers = table.apply(to_numbers).to_numpy(dtype=float)
        for row, column in np.argwhere(~(np.isfinite(numbers) & (numbers >= 1) & (numbers <= 1e6))):
            place = text("{side}, {expert}, {criterion}", side=side, expert=str(experts[row]),
                         criterion=str(names[column]))  # fmt: skip
            checks.add(place, repr(table.iat[row, column]), text("a number of 1 or more"))
        for row in np.flatnonzero(~(numbers == 1).any(axis=1)):
            place = text("{side}, {expert}", side=side, expert=str(experts[row]))
            checks.add(place, text("no 1"), text("1 for the criterion compared with itself"))
        tables.append(numbers)
    checks.check()
    return tables[0], tables[1]


def sample(density: Density, start: Array, count: int, generator: np.random.Generator) -> Array:
    """Return at least ``count`` draws, shape (draws, n), from chains that begin at ``start`` (chains, n).

    Hamiltonian Monte Carlo, many chains at once.
    """
    chains, size = start.shape
    place, (height, slope) = start.copy(), density(start)
    scale = np.ones(size)
    pace, mean_pace, drift, kept = 0.1, 0.1, 0.0, []
    center, rounds, begun = np.log(10 * pace), -(-count // chains), 0
    early: list[Array] = []
    for turn in range(WARM_UP + rounds):
        warming = turn < WARM_UP
        if turn == WARM_UP // 2:
            scale = np.concatenate(early).std(axis=0) + 1e-6
            pace, drift, begun = 0.5, 0.0, turn
            center = np.log(2 * pace)
        speed = generator.standard_normal((chains, size))
        step = (pace if warming else mean_pace) * generator.uniform(0.9, 1.1)
        there, rise, turned, swing = place, height, slope, speed
        # A path may run off; its energy is then no number, and it is not taken.
        with np.errstate(all="ignore"):
            for _ in range(int(generator.integers(STEPS // 2, STEPS + 1))):
                swing = swing + step / 2 * scale * turned
                there = there + step * scale * swing
                rise, turned = density(there)
                swing = swing + step / 2 * scale * turned
            energy = rise - height - (np.square(swing).sum(axis=1) - np.square(speed).sum(axis=1)) / 2
            chance = np.where(np.isfinite(energy), np.exp(np.minimum(energy, 0.0)), 0.0)
        taken = generator.random(chains) < chance
        place = np.where(taken[:, None], there, place)
        height, slope = np.where(taken, rise, height), np.where(taken[:, None], turned, slope)
        if warming:
            # Dual averaging: shorter steps where too few are accepted.
            since = turn - begun + 1
            drift += (_ACCEPTED - float(chance.mean()) - drift) / (since + 10)
            pace = float(np.exp(center - np.sqrt(since) / 0.05 * drift))
            share = since**-0.75
            mean_pace = float(np.exp(share * np.log(pace) + (1 - share) * np.log(mean_pace)))
            if WARM_UP // 4 <= turn < WARM_UP // 2:
                early.append(place.copy())
        else:
            kept.append(place.copy())
    return np.concatenate(kept)
