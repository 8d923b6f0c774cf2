"""``phieu-viec``: what each agency of the plan is charged with, a page each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from techprio.errors import InputError
from techprio.language import Label, Text, text
from techprio.reporting.products.matter import PUBLIC, Matter
from techprio.reporting.products.parts import Break, Col, Grid, Heading, Paper, Para, Part, Words
from techprio.reporting.products.summary import passed_parts
from techprio.reporting.products.wording import AGENCIES, STANDING, amount, month, number, percent, row_of

AGENCY_DUTIES: tuple[Text, ...] = (
    text(
        "Standing agency of the roadmap: leads and co-ordinates, urges on, gathers the reports of the "
        "agencies and "
        "reports to the People's Committee of the province every six months and every year."
    ),
    text(
        "Gives data on firms; proposes the budget of each year for the tasks of the roadmap by what the "
        "budget can bear; "
        "guides use and settlement of the money."
    ),
    text(
        "Gives data and surveys the firms of industry; proposes directions for industry, mining, energy "
        "and logistics; "
        "ties industrial promotion to the innovation of technology."
    ),
    text(
        "Gives data; proposes the lists of farming; ties programmes for farming, rural areas and the "
        "environment to the "
        "roadmap: biotechnology, water-saving irrigation, cold chain, treatment of farm waste and circular "
        "use."
    ),
    text(
        "Reviews and proposes technologies for tourism and culture; trains and supports firms and "
        "communities of tourism in "
        "their use."
    ),
    text(
        "Reviews the state of the workforce; proposes training, and how people of high skill are "
        "attracted, by the needs of "
        "the roadmap."
    ),
    text(
        "Carries out the tasks of the border-gate economic zone and the industrial parks: logistics, "
        "clearance, treatment of "
        "waste, pilots of new technologies."
    ),
    text(
        "Give data, carry out and follow the tasks in their field and area; report to the standing agency "
        "as it is laid "
        "down."
    ),
    text(
        "Mobilises the firms; gathers their needs; ties supply of technology to demand; takes part in "
        "training and in "
        "comments on the roadmap."
    ),
)
"""What the plan charges each agency with, in the order of its section V."""
FINANCE, HOME, FIRMS = AGENCIES[1], AGENCIES[5], AGENCIES[8]
_MOST_ROWS = 11
_LARGE = 1000.0


def find_agency(name: str) -> Label:
    """Return the agency of the plan that a name means, in either language.

    Raises
    ------
    InputError
        None of the nine.
    """
    folded = name.strip().casefold()
    for agency in AGENCIES:
        if folded in (agency.vi.casefold(), agency.en.casefold()):
            return agency
    names = "; ".join(f'"{one.vi}"' for one in AGENCIES)
    raise InputError.argument("--agency", found=name, allowed=names)


def agency_paper(matter: Matter, agency: str = "") -> Paper:
    """Return the page of an agency; without a name the pages of all nine, an annex each.

    Parameters
    ----------
    matter : Matter
    agency : str
    """
    chosen = (find_agency(agency),) if agency else AGENCIES
    parts: list[Part] = [*passed_parts(matter)]
    for place, one in enumerate(chosen):
        parts += [Break()] if place else []
        parts.append(Para("", "center", lead=text("WHAT {agency} IS CHARGED WITH", agency=_upper(one))))
        parts += agency_parts(matter, one)
    return Paper("phieu-viec", "plain", matter.study.title, tuple(parts), points=12)


def _upper(agency: Label) -> Label:
    return Label(*(words.upper() for words in agency))


def agency_parts(matter: Matter, agency: Label) -> Iterator[Part]:
    """Give the page of an agency: duty, what it leads and takes part in, money, people, dates."""
    yield Heading(text("Duties under the plan"), 2)
    yield Para(AGENCY_DUTIES[AGENCIES.index(agency)])
    if agency == FINANCE:
        yield from _finance(matter)
        return
    leads = matter.led_by(agency)
    if leads:
        yield Heading(text("Technologies that it leads ({count})", count=len(leads)), 2)
        yield from _led(matter, leads)
    partners = matter.with_partner(agency)
    if partners:
        yield Heading(text("Technologies in which it takes part ({count})", count=len(partners)), 2)
        yield Para(_by_sector(matter, partners))
    if agency == HOME:
        yield from _home(matter)
        return
    if agency == FIRMS:
        yield Heading(text("Capital of firms by year"), 2)
        yield _firms_capital(matter)
        return
    if leads:
        yield Heading(text("Money by year, of what it leads ({unit})", unit=matter.money), 2)
        yield _money(matter, leads)
        people = _trained(matter, leads)
        if people:
            yield Heading(text("People to be trained by year"), 2)
            yield Para(text("{years}.", years=people))
    yield Heading(text("Next dates, and reports"), 2)
    yield Para(_dates(matter, leads))


def agency_lines(matter: Matter, agency: Label) -> Iterator[Part]:
    """Give the same in the lines of an annex: what it leads by name and months, then its tables."""
    yield Para(AGENCY_DUTIES[AGENCIES.index(agency)], lead=text("Duties under the plan:"))
    if agency == FINANCE:
        yield from _finance(matter, 3)
        return
    leads = matter.led_by(agency)
    if leads:
        named = [
            text("{name} ({start}-{operational})", name=matter.short_name(name),
                 start=month(str(matter.table.loc[name, "start"])),
                 operational=month(str(matter.table.loc[name, "operational"])))
            for name in leads
        ]  # fmt: skip
        yield Para(text("{names}.", names=row_of(named)), lead=text("It leads {count}:", count=len(leads)))
    partners = matter.with_partner(agency)
    if partners:
        yield Para(_by_sector(matter, partners), lead=text("It takes part in {count}:", count=len(partners)))
    if agency == HOME:
        yield from _home(matter, 3)
        return
    if agency == FIRMS:
        yield _firms_capital(matter)
        return
    if leads:
        yield Para(_sums(matter, leads), lead=text("Money of what it leads ({unit}):", unit=matter.money))
        people = _trained(matter, leads)
        if people:
            yield Para(text("{years}.", years=people), lead=text("People to be trained by year:"))
    yield Para(_dates(matter, leads), lead=text("Next dates, and reports:"))


def _sums(matter: Matter, leads: list[str]) -> Words:
    """Return the money of what an agency leads: by year, in all, and of it money of the state."""
    parts: list[Words] = [
        text("{year}: {amount}", year=year, amount=amount(spent))
        for year in matter.years
        if (spent := matter.spent(years=[year], technologies=leads))
    ]
    state = sum(matter.spent(fund=one, technologies=leads) for one in PUBLIC)
    whole = amount(matter.spent(technologies=leads))
    return text("{years}; in all {whole}, of it money of the state {state}.", years=row_of(parts),
                whole=whole, state=amount(state))  # fmt: skip


def _trained(matter: Matter, leads: list[str]) -> str:
    """Return the people of each year who are trained for what an agency leads."""
    people = matter.figures.staff
    own = people[people["technology"].isin(leads)].groupby("year")["people"].sum().sort_index()
    return "; ".join(f"{int(year)}: {number(float(count)).vi}" for year, count in own.items())


def _by_sector(matter: Matter, names: list[str]) -> Words:
    """Name up to a dozen technologies; of more, give the number by sector."""
    if len(names) <= _MOST_ROWS:
        return text("{names}.", names=row_of(map(matter.short_name, names)))
    parts = []
    for sector in matter.sectors:
        count = sum(matter.table.loc[name, "sector"] == sector.code for name in names)
        if count:
            parts.append(text("{sector} {count}", sector=matter.sector_label(sector.code), count=int(count)))
    return text("By sector: {parts} (names in the lists of the roadmap).", parts=row_of(parts))


def _led(matter: Matter, leads: list[str]) -> Iterator[Part]:
    first = sorted({str(matter.table.loc[n, "start"])[:4] for n in leads})[:3]
    shown = (
        leads
        if len(leads) <= _MOST_ROWS
        else [n for n in leads if str(matter.table.loc[n, "start"])[:4] in first]
    )
    shown = shown[:_MOST_ROWS]
    rows = tuple(
        (
            matter.name(n),
            month(str(matter.table.loc[n, "start"])),
            month(str(matter.table.loc[n, "operational"])),
        )
        for n in shown
    )
    rest = len(leads) - len(shown)
    note: Words = text("And {count} technologies that begin later.", count=rest) if rest else ""
    columns = (
        Col(text("Technology"), 70),
        Col(text("Start"), 15, "center"),
        Col(text("Operational"), 15, "center"),
    )
    yield Grid(columns, rows, note=note, points=11)


def _money(matter: Matter, leads: list[str]) -> Grid:
    large = [n for n in leads if float(matter.table.loc[n, "cost"]) >= _LARGE]
    rows: list[tuple[Words, ...]] = []
    years = [year for year in matter.years if matter.spent(years=[year], technologies=leads)]
    for fund in matter.funds:
        sums = [matter.spent(fund=fund.id, years=[year], technologies=leads) for year in years]
        if sum(sums):
            rows.append((fund.label, *map(amount, sums), amount(sum(sums))))
    sums = [matter.spent(years=[year], technologies=leads) for year in years]
    rows.append((text("Total"), *map(amount, sums), amount(sum(sums))))
    note: Words = ""
    if large:
        share = matter.spent(technologies=large) / max(sum(sums), 1e-9)
        note = text(
            "Works above 1,000 {unit}: {names}; {share} of the money.",
            names=row_of(map(matter.short_name, large)), share=percent(share), unit=matter.money,
        )  # fmt: skip
    columns = (
        Col(text("Source"), 28),
        *(Col(str(year), 9, "right") for year in years),
        Col(text("Total"), 10, "right"),
    )
    return Grid(columns, tuple(rows), note=note, points=10, strong=(len(rows) - 1,))


def _dates(matter: Matter, leads: list[str]) -> Words:
    table = matter.table
    dates = sorted(
        [(str(table.loc[n, "start"]), 0, n) for n in leads]
        + [(str(table.loc[n, "operational"]), 1, n) for n in leads]
    )[:3]
    parts = [
        text("{month} {name} begins", month=month(when), name=matter.short_name(name))
        if not kind
        else text("{month} {name} becomes operational", month=month(when), name=matter.short_name(name))
        for when, kind, name in dates
    ]
    report = text("Reports every six months and every year to the {agency}.", agency=STANDING)
    return row_of([text("{dates}.", dates=row_of(parts)), report], " ") if parts else report


def _finance(matter: Matter, level: Literal[2, 3] = 2) -> Iterator[Part]:
    yield Heading(text("Need and limit by year ({unit})", unit=matter.money), level)
    frame = matter.figures.budget
    state = [fund for fund in matter.funds if fund.id in PUBLIC]
    columns = [Col(text("Year"), 10, "center")]
    for place in range(1, len(state) + 1):
        heads = (text("Limit"), text("Money needed"), text("Left in the phase"), text("Share used"))
        columns += [Col(text("{head} ({place})", head=head, place=place), 11, "right") for head in heads]
    rows: list[tuple[Words, ...]] = []
    for year in matter.years:
        cells: list[Words] = []
        for fund in state:
            row = frame[(frame["fund"] == fund.id) & (frame["year"] == year)].iloc[0]
            share = row["cumulative_used"] / row["cumulative_limit"] if row["cumulative_limit"] else 0.0
            left = float(row["cumulative_limit"] - row["cumulative_used"])
            sums = (float(row["limit"]), float(row["used"]), left)
            cells += [*(number(one, 1) for one in sums), percent(share)]
        rows.append((str(year), *cells))
    named = [
        text(
            "({place}) {fund}, limit {kind}",
            place=place, fund=fund.label,
            kind=text("not to be passed") if fund.hard else text("for orientation"),
        )
        for place, fund in enumerate(state, start=1)
    ]  # fmt: skip
    yield Grid(tuple(columns), tuple(rows), note=text("{names}.", names=row_of(named)), points=10)
    if tight := matter.full_years:
        yield Para(text("At 95% of what is at hand or above: {years}.", years=tight))
    years = matter.years[:1]
    local = matter.figures.spending
    drawn = local[(local["fund"] == "local") & local["year"].isin(years)]["technology"].unique()
    names = [matter.short_name(str(name)) for name in drawn]
    if names:
        yield Heading(text("Technologies that draw on the local budget in {year}", year=years[0]), level)
        yield Para(text("{names}.", names=row_of(names)))


def _home(matter: Matter, level: Literal[2, 3] = 2) -> Iterator[Part]:
    yield Heading(text("People to be ready, by year and sector"), level)
    staff = matter.figures.staff
    sector = matter.table["sector"].to_dict()
    frame = staff.assign(sector=[sector[name] for name in staff["technology"]])
    shown = [s for s in matter.sectors if (frame["sector"] == s.code).any()]
    columns = (
        Col(text("Year"), 8, "center"), *(Col(matter.sector_label(s.code), 12, "right") for s in shown),
        Col(text("Needed in all"), 11, "right"), Col(text("Available"), 11, "right"),
    )  # fmt: skip
    rows = []
    for year in matter.years:
        own = [
            float(frame[(frame["sector"] == s.code) & (frame["year"] == year)]["people"].sum()) for s in shown
        ]
        needed, available = matter.people_by(year)
        rows.append((str(year), *(number(one) for one in own), number(needed), number(available)))
    yield Grid(columns, tuple(rows), points=10, note=text("The last two columns count from the beginning."))
    short = [n for n in matter.unplaced if "người" in str(matter.table.loc[n, "reason_vi"])]
    if short:
        yield Heading(text("Technologies without a place for want of people"), level)
        for name in short:
            yield Para(
                text("{name}: {reason}.", name=matter.short_name(name), reason=matter.reason(name)), "dash"
            )


def _firms_capital(matter: Matter) -> Grid:
    years = matter.years
    rows: list[tuple[Words, ...]] = []
    for sector in matter.sectors:
        own = matter.of_sector(sector.code)
        sums = [matter.spent(fund="enterprise", years=[year], technologies=own) for year in years]
        rows.append((matter.sector_label(sector.code), *map(amount, sums)))
    whole = [matter.spent(fund="enterprise", years=[year]) for year in years]
    rows.append((text("Total"), *map(amount, whole)))
    columns = (Col(text("Sector"), 26), *(Col(str(year), 9, "right") for year in years))
    return Grid(columns, tuple(rows), points=9.5, strong=(len(rows) - 1,))
