"""Names beside codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from techprio.language import Label


def with_names(codes: Iterable[str], labels: Mapping[str, Label]) -> list[Label | str]:
    """Put the name after each code that has one."""
    return [_with_name(str(code), labels.get(code)) for code in codes]


def _with_name(code: str, label: Label | None) -> Label | str:
    if label is None or not any(label) or code in label:
        return code
    return Label(vi=f"{code} {label.render('vi')}", en=f"{code} {label.render('en')}")
