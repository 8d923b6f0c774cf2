from techprio.reporting.sheets import sheet_names


def test_sheet_names_of_any_title():
    long = "Bảng điểm và nguồn của các công nghệ ngành nông nghiệp"
    names = sheet_names([f"{long} (1)", f"{long} (2)", "Lộ trình: 2026/2030 [nháp]", "History"])
    assert len({name.casefold() for name in names}) == 4
    assert all(0 < len(name) <= 31 for name in names)
    assert not [name for name in names if set(name) & set("[]:*?/\\")]
    assert "history" not in {name.casefold() for name in names}
