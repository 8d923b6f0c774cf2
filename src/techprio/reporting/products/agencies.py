"""``phieu-viec``: what each agency of the plan is charged with, a page each."""

from __future__ import annotations

from collections.abc import Iterator

from techprio.errors import InputError
from techprio.language import Label, Text, text
from techprio.reporting.products.agency_tables import (
    finance_parts,
    firms_capital,
    leads_by_agency,
    named_in_plan,
    people_parts,
    with_months,
)
from techprio.reporting.products.matter import PUBLIC, Matter
from techprio.reporting.products.parts import Break, Col, Grid, Heading, Paper, Para, Part, Words
from techprio.reporting.products.summary import passed_parts
from techprio.reporting.products.survey_annexes import chosen_firms
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
        parts.append(Para("", "center", lead=text("ASSIGNED TO: {agency}", agency=_upper(one))))
        parts += agency_parts(matter, one)
    return Paper("phieu-viec", "plain", matter.study.title, tuple(parts), points=12)


def _upper(agency: Label) -> Label:
    return Label(*(words.upper() for words in agency))


def agency_parts(matter: Matter, agency: Label) -> Iterator[Part]:
    """Give the page of an agency: duty, what it leads and takes part in, money, people, dates."""
    yield Heading(text("Duties under the plan"), 2)
    yield Para(AGENCY_DUTIES[AGENCIES.index(agency)])
    if agency == FINANCE:
        yield from finance_parts(matter)
        yield from _reports(matter, agency)
        return
    leads = matter.led_by(agency)
    if agency == STANDING and matter.placed:
        yield Heading(text("Technologies by lead agency ({unit})", unit=matter.money), 2)
        yield leads_by_agency(matter)
    if leads:
        yield Heading(text("Technologies that it leads ({count})", count=len(leads)), 2)
        yield from _led(matter, leads)
    clause = f"V.{AGENCIES.index(agency) + 1}"
    named = named_in_plan(matter, clause)
    if named:
        said = text("Technologies that point {clause} of the plan names, or their class", clause=clause)
        yield Heading(said, 2)
        yield Para(text("{names}.", names=row_of(map(matter.short_name, named))))
    partners = matter.with_partner(agency)
    if partners:
        yield Heading(text("Technologies in which it takes part ({count})", count=len(partners)), 2)
        yield Para(_by_sector(matter, partners))
    if agency == HOME:
        yield from people_parts(matter)
        yield from _reports(matter, agency)
        return
    if agency == FIRMS:
        yield Heading(text("Capital of firms by year ({unit})", unit=matter.money), 2)
        yield firms_capital(matter)
        yield from _potential(matter)
        yield from _reports(matter, agency)
        return
    if leads:
        yield Heading(text("Money by year, of what it leads ({unit})", unit=matter.money), 2)
        yield _money(matter, leads)
        people = _trained(matter, leads)
        if people:
            yield Heading(text("People to be trained by year"), 2)
            yield Para(text("{years}.", years=people))
    yield from _reports(matter, agency)


def _reports(matter: Matter, agency: Label) -> Iterator[Part]:
    yield Heading(text("Next dates, and reports"), 2)
    yield Para(_dates(matter, matter.led_by(agency), agency))


def _potential(matter: Matter) -> Iterator[Part]:
    """Say how many firms have high potential; never which."""
    found = matter.survey
    if found is not None:
        yield Heading(text("Firms with high potential for technology innovation"), 2)
        count = len(chosen_firms(found))
        yield Para(text("{count} of {all} firms that were asked fulfil the rule of the survey.",
                        count=count, all=int(found.firms["firm"].nunique())))  # fmt: skip


def agency_lines(matter: Matter, agency: Label) -> Iterator[Part]:
    """Give the same in the lines of an annex: what it leads by name and months, then its tables."""
    yield Para(AGENCY_DUTIES[AGENCIES.index(agency)], lead=text("Duties under the plan:"))
    if agency == FINANCE:
        yield from finance_parts(matter, 3)
        return
    leads = matter.led_by(agency)
    if leads:
        named = row_of(with_months(matter, name) for name in leads)
        yield Para(text("{names}.", names=named), lead=text("It leads {count}:", count=len(leads)))
    partners = matter.with_partner(agency)
    if partners:
        yield Para(_by_sector(matter, partners), lead=text("It takes part in {count}:", count=len(partners)))
    if agency == HOME:
        yield from people_parts(matter, 3)
        return
    if agency == FIRMS:
        yield Heading(text("Capital of firms by year ({unit})", unit=matter.money), 3)
        yield firms_capital(matter)
        return
    if leads:
        yield Para(_sums(matter, leads), lead=text("Money of what it leads ({unit}):", unit=matter.money))
        people = _trained(matter, leads)
        if people:
            yield Para(text("{years}.", years=people), lead=text("People to be trained by year:"))
    yield Para(_dates(matter, leads, agency), lead=text("Next dates, and reports:"))


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
        count = sum(matter.cells[name]["sector"] == sector.code for name in names)
        if count:
            parts.append(text("{sector} {count}", sector=matter.sector_label(sector.code), count=int(count)))
    return text("By sector: {parts} (names in the lists of the roadmap).", parts=row_of(parts))


def _led(matter: Matter, leads: list[str]) -> Iterator[Part]:
    first = sorted({str(matter.cells[n]["start"])[:4] for n in leads})[:3]
    shown = (
        leads
        if len(leads) <= _MOST_ROWS
        else [n for n in leads if str(matter.cells[n]["start"])[:4] in first]
    )
    shown = shown[:_MOST_ROWS]
    rows = tuple(
        (
            matter.name(n),
            month(str(matter.cells[n]["start"])),
            month(str(matter.cells[n]["operational"])),
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
    large = [n for n in leads if float(matter.cells[n]["cost"]) >= _LARGE]
    rows: list[tuple[Words, ...]] = []
    years = [year for year in matter.years if matter.spent(years=[year], technologies=leads)]
    for fund in matter.funds:
        sums = [matter.spent(fund=fund.id, years=[year], technologies=leads) for year in years]
        if sum(sums):
            rows.append((fund.label, *(number(one, 1) for one in (*sums, sum(sums)))))
    sums = [matter.spent(years=[year], technologies=leads) for year in years]
    rows.append((text("Total"), *(number(one, 1) for one in (*sums, sum(sums)))))
    note: Words = ""
    if large:
        share = matter.spent(technologies=large) / max(sum(sums), 1e-9)
        note = text(
            "Works above 1,000 {unit}: {names}; {share} of the money.",
            names=row_of(map(matter.short_name, large)), share=percent(share), unit=matter.money,
        )  # fmt: skip
    columns = (
        Col(text("Source"), 28),
        *(Col(str(year), 7, "right") for year in years),
        Col(text("Total"), 8, "right"),
    )
    return Grid(columns, tuple(rows), note=note, points=9, strong=(len(rows) - 1,))


def _dates(matter: Matter, leads: list[str], agency: Label) -> Words:
    cells = matter.cells
    dates = sorted(
        [(str(cells[n]["start"]), 0, n) for n in leads]
        + [(str(cells[n]["operational"]), 1, n) for n in leads]
    )[:3]
    parts = [
        text("{month} {name} begins", month=month(when), name=matter.short_name(name))
        if not kind
        else text("{month} {name} becomes operational", month=month(when), name=matter.short_name(name))
        for when, kind, name in dates
    ]
    to = matter.informed[0] if agency == STANDING else STANDING
    report = text("Reports every six months and every year to the {agency}.", agency=to)
    return row_of([text("{dates}.", dates=row_of(parts)), report], " ") if parts else report
