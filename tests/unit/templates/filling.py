"""Fill a blank study as a person would: by heading in a workbook, by file in a folder."""

import csv

import openpyxl
import yaml

from techprio.inputs.columns import heading
from techprio.inputs.study_sheets import BLOCKS, KEY_SHEETS, TABLES, block_columns, sheet_title
from techprio.model.fields import fields_of

CRITERIA = [
    {"id": "C1", "label_vi": "Dễ làm", "direction": "maximize", "scale_type": "ordinal", "scale_worst": 1,
     "scale_best": 5},
    {"id": "C2", "label_vi": "Chi phí", "direction": "minimize", "scale_type": "ratio", "scale_worst": 100,
     "scale_best": 1, "field": "capex_mode"},
]  # fmt: skip
TECHNOLOGY = {
    "function": "enabling", "trl_local": 7, "status": "none", "capex_low": 10, "capex_mode": 20,
    "capex_high": 30, "lead_low": 6, "lead_mode": 12, "lead_high": 18, "staff": 5, "fund_local": 0.4,
    "fund_programmes": 0.6, "fund_enterprise": 0, "fund_other": 0, "action": "new",
}  # fmt: skip
TECHNOLOGIES = [
    {"id": "AGR01", "name_vi": "Nhà màng", **TECHNOLOGY},
    {"id": "AGR02", "name_vi": "Sấy lạnh", **TECHNOLOGY},
]
SCORES = [
    {"technology": "AGR01", "criterion": "C1", "value": 4, "evidence": "D"},
    {"technology": "AGR02", "criterion": "C1", "value": 2.5, "low": 2, "high": 3, "evidence": "C"},
]
JUDGMENTS = [
    {"expert": "e1", "group": "g", "node": "root", "preferred": "C1", "other": "C2", "strength": 3},
    {"expert": "e2", "group": "g", "node": "root", "preferred": "C2", "other": "C1", "strength": 5},
]
AMOUNTS = {2027: 10, 2028: 20}
KEYS = {
    "study": {"title/vi": "Lộ trình thử", "criteria/id": "dien-bien", "ranking/top": 1},
    "resources": {"start": "2027-07", "end": "2028-12"},
}
FUNDS = ("local", "programmes", "enterprise", "other")
PHASE = {"id": "2027-2028", "first_year": 2027, "last_year": 2028}


def fill_workbook(path, language):
    book = openpyxl.load_workbook(path)
    for name, values in KEYS.items():
        sheet = book[sheet_title(KEY_SHEETS[name], language)]
        for row in sheet.iter_rows(min_row=2):
            if row[3].value in values:
                row[1].value = values[row[3].value]
    blocks = {"criteria": CRITERIA, "phases": [PHASE]}
    blocks["anchors"] = [{"criterion": "C1", "point": 1, "vi": "kém", "en": "poor"}]
    blocks["amounts"] = [{"year": year, **dict.fromkeys(FUNDS, amount)} for year, amount in AMOUNTS.items()]
    for block in BLOCKS:
        columns = {name: heading(column, language) for name, (column, _) in block_columns(block.name).items()}
        columns |= dict(zip(FUNDS, FUNDS, strict=True)) if block.name == "amounts" else {}
        _add(book[sheet_title(block.label, language)], columns, blocks.get(block.name, []))
    tables = {"technologies": TECHNOLOGIES, "scores": SCORES, "judgments": JUDGMENTS}
    for table in TABLES:
        columns = {c.name: heading(c, language) for c in _columns(table)}
        sheet = book[sheet_title(table.label, language, "AGR" if table.by_sector else "")]
        _add(sheet, columns, tables.get(table.name, []))
    book.save(path)


def _columns(table):
    return fields_of(table.record)


def _add(sheet, columns, rows):
    places = {cell.value: cell.column for cell in sheet[1]}
    for number, row in enumerate(rows, 2):
        for name, value in row.items():
            sheet.cell(number, places[columns[name]], value)


def fill_folder(folder):
    study = _yaml(folder / "study.yaml")
    study["title"] = {"vi": "Lộ trình thử"}
    study["ranking"]["top"] = 1
    resources = _yaml(folder / "resources.yaml")
    resources |= {"start": "2027-07", "end": "2028-12", "phases": [PHASE]}
    for fund in FUNDS:
        resources["budgets"][fund]["per_year"] = dict(AMOUNTS)
    criteria = {"id": "dien-bien", "criteria": [_criterion(row) for row in CRITERIA]}
    criteria["criteria"][0]["anchors"] = {1: {"vi": "kém", "en": "poor"}}
    for name, document in (("study", study), ("resources", resources), ("criteria", criteria)):
        words = yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
        (folder / f"{name}.yaml").write_text(words, encoding="utf-8")
    sector = next(path for path in folder.iterdir() if path.is_dir())
    _append(sector / "technologies.csv", TECHNOLOGIES)
    _append(sector / "scores.csv", SCORES)
    _append(folder / "judgments.csv", JUDGMENTS)


def _criterion(row):
    scale = {name: row[f"scale_{name}"] for name in ("type", "worst", "best")}
    rest = {name: value for name, value in row.items() if not name.startswith(("scale_", "label_"))}
    return {**rest, "label": {"vi": row["label_vi"]}, "scale": scale}


def _yaml(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _append(path, rows):
    with path.open(encoding="utf-8", newline="") as stream:
        names = next(csv.reader(stream))
    with path.open("a", encoding="utf-8", newline="") as stream:
        csv.DictWriter(stream, names, restval="").writerows(rows)
