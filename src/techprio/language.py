"""Vietnamese and English: texts, numbers, months and alphabetical order.

Every sentence of the library is written once, in English, as the template of a :class:`Text`; the
Vietnamese sentence stands in ``locale/vi/*.po`` under that template: the sources, one file a room. A wheel
carries them compiled into ``techprio.mo``, which Python reads by itself; Babel is needed to build and to
test, not to run. ``hatch_build.py`` runs this file alone, so it imports nothing of the library at once.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from gettext import GNUTranslations
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import Any, Literal, NamedTuple, get_args

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LANGUAGE_VARIABLE = "TECHPRIO_LANGUAGE"
COMPILED = "techprio.mo"
NO_CLOCK = datetime(2026, 1, 1, tzinfo=UTC)
"""The date in the head of the compiled messages: the same sources give the same bytes on any day."""
_chosen: Language | None = None


def set_language(language: Language | None) -> None:
    """Set the language of everything that is shown without a ``language`` argument.

    Parameters
    ----------
    language : {"vi", "en"} or None
        None goes back to the environment variable ``TECHPRIO_LANGUAGE``, else to English.

    Raises
    ------
    InputError
        Another language.

    Examples
    --------
    >>> set_language("vi")
    >>> resolve_language(), resolve_language("en")
    ('vi', 'en')
    >>> set_language(None)
    """
    global _chosen  # one setting for the whole process, like a locale
    _chosen = None if language is None else check_language(language)


def resolve_language(language: str | None = None) -> Language:
    """Return the argument, else the language of :func:`set_language`, else of the environment, else English.

    Raises
    ------
    InputError
        An argument, or a value of ``TECHPRIO_LANGUAGE``, that is neither ``"vi"`` nor ``"en"``.
    """
    if isinstance(language, str) and language in LANGUAGES:  # nearly always: no further call for it
        return language
    if language is not None:
        return check_language(language)
    return _chosen or check_language(os.environ.get(LANGUAGE_VARIABLE) or "en")


class Label(NamedTuple):
    """A name in both languages.

    Examples
    --------
    >>> Label(vi="Năng lượng", en="Energy").render("vi")
    'Năng lượng'
    """

    vi: str
    en: str

    def render(self, language: Language | None = None) -> str:
        """Give the name in one language; the other language stands in where it is empty."""
        return (self.vi or self.en) if resolve_language(language) == "vi" else (self.en or self.vi)


NO_LABEL = Label("", "")


class Month(NamedTuple):
    """A month ``YYYY-MM`` inside a sentence.

    Examples
    --------
    >>> Month("2028-07").render("vi")
    'tháng 7/2028'
    """

    month: str

    def render(self, language: Language | None = None) -> str:
        """Write the month as people of the language do."""
        written = format_month(self.month, language)
        return f"tháng {written}" if resolve_language(language) == "vi" else written


class Percent(NamedTuple):
    """A share inside a sentence, as a percentage; without decimals as many as are needed, two at most.

    Examples
    --------
    >>> Percent(0.0022).render("vi"), Percent(0.44, 1).render("en")
    ('0,22%', '44.0%')
    """

    share: float
    decimals: int | None = None

    def render(self, language: Language | None = None) -> str:
        """Write the percentage as people of the language do."""
        if self.decimals is not None:
            return format_percent(self.share, language, self.decimals)
        return f"{format_number(round(100 * self.share, 2), language)}%"


class Chance(Percent):
    """A share of draws: what is not all of them never reads 100%, what is not none never 0%.

    Examples
    --------
    >>> Chance(0.9975, 0).render("en"), Chance(0.0004, 1).render("vi"), Chance(1.0, 0).render("en")
    ('>99%', '<0,1%', '100%')
    """

    __slots__ = ()

    def render(self, language: Language | None = None) -> str:
        """Write the share; one that is rounded to an end stands on its own side of it."""
        decimals = self.decimals or 0
        shown = format_percent(self.share, language, decimals)
        least = 0.01 / 10**decimals
        if 1e-9 < self.share < 1 - 1e-9:
            if shown == format_percent(0.0, language, decimals):
                return f"<{format_percent(least, language, decimals)}"
            if shown == format_percent(1.0, language, decimals):
                return f">{format_percent(1 - least, language, decimals)}"
        return shown


_ONE = {
    "technologies are": "technology is",
    "technologies become": "technology becomes",
    "technologies reach": "technology reaches",
    "technologies that begin": "technology that begins",
    "technologies stay": "technology stays",
    "technologies were": "technology was",
    "technologies": "technology",
    "people are": "person is",
    "people": "person",
    "trained people": "trained person",
    "planned technologies have": "planned technology has",
    "months": "month",
    "draws": "draw",
    "scenarios": "scenario",
    "different plans bound": "plan bounds",
    "searches": "search",
    "phases": "phase",
    "starts": "start",
    "sectors": "sector",
    "dependencies": "dependency",
    "others": "other",
    "problems": "problem",
}
"""What is counted in English sentences, with its verb, and what it is called where there is one."""
_COUNTED = re.compile(rf"\{{(?<!}} of \{{)(?<! of the \{{)(\w+)\}} ({'|'.join(_ONE)})\b")


@dataclass(frozen=True)
class Text:
    """A sentence that can be written in either language.

    Parameters
    ----------
    template : str
        The English sentence with ``{named}`` places; the key of the Vietnamese one.
    values : mapping
        What goes into the places. Labels, months, percentages and texts inside are rendered in the
        same language, floats with its decimal sign, lists and tuples parted by commas. An English count
        of 1 takes the singular of the word after it.

    Examples
    --------
    >>> str(Text("{count} technologies are not placed", {"count": 1}))
    '1 technology is not placed'
    >>> str(Text("budget of {fund} in {year}", {"fund": Label("địa phương", "local"), "year": 2028}))
    'budget of local in 2028'
    """

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def render(self, language: Language | None = None) -> str:
        """Write the sentence in one language."""
        language, kept = resolve_language(language), self.__dict__.setdefault("_kept", {})
        if language not in kept:  # one sentence stands in lists, workbook and page, alone and in others
            kept[language] = self._written(language)
        return str(kept[language])

    def _written(self, language: Language) -> str:
        places = {name: _render_value(value, language) for name, value in self.values.items()}
        sentence = translate(self.template, language)
        if language == "en" and "1" in places.values():
            sentence = _COUNTED.sub(
                lambda found: f"{{{found[1]}}} {_ONE[found[2]]}" if places.get(found[1]) == "1" else found[0],
                sentence,
            )
        return sentence.format(**places) if places else sentence

    def __str__(self) -> str:
        return self.render()

    def __repr__(self) -> str:
        return f"Text({self.render('en')!r})"  # the same in every language: reprs stand in records


def text(template: str, /, **values: Any) -> Text:
    """Make a :class:`Text`; every template passed here must have its Vietnamese entry."""
    return Text(template, values)


def joined(parts: Iterable[object], between: str = "; ") -> Text:
    """Put sentences one after the other, each in the language of the reader.

    Examples
    --------
    >>> str(joined([Text("first"), "second"]))
    'first; second'
    """
    values = {f"part{number}": part for number, part in enumerate(parts)}
    return Text(between.join(f"{{{name}}}" for name in values), values)


def check_language(language: str) -> Language:
    """Return the language, or raise with the two there are.

    Raises
    ------
    InputError
        When the language is neither ``"vi"`` nor ``"en"``.
    """
    if isinstance(language, str) and language in LANGUAGES:
        return language
    from techprio.errors import InputError  # errors are written with texts, so they stand above

    raise InputError.argument("language", found=language, allowed=LANGUAGES)


def translate(template: str, language: Language) -> str:
    """Return the sentence in the language; the English one where no Vietnamese is on file."""
    if check_language(language) == "en":
        return template
    return _translator(language)(template)


@cache
def _translator(language: Language) -> Callable[[str], str]:
    return cache(read_catalogue(language).gettext)


#: From here on a number is written by its powers of ten.
HUGE = 1e21
_SAID = Label | Month | Percent | Text
_SIGNS = str.maketrans(",.", ".,")


def format_number(value: float, language: Language | None = None, decimals: int | None = None) -> str:
    """Write a number with the signs of the language.

    Parameters
    ----------
    value : float
    language : {"vi", "en"}
    decimals : int, optional
        Fixed number of decimals; without it, as many as are needed, six at most.

    Examples
    --------
    >>> format_number(14800.5, "vi")
    '14.800,5'
    >>> format_number(0.35, "en", 3)
    '0.350'
    """
    language = resolve_language(language)
    if abs(value) >= HUGE:
        return f"{value:g}"
    digits = f"{value:,.{6 if decimals is None else decimals}f}"
    if decimals is None and "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    if digits.strip("-0.,") == "":
        digits = digits.lstrip("-")
    return digits.translate(_SIGNS) if language == "vi" else digits


def format_percent(share: float, language: Language | None = None, decimals: int = 0) -> str:
    """Write a share as a percentage.

    Examples
    --------
    >>> format_percent(0.613, "vi", 1)
    '61,3%'
    """
    return f"{format_number(100 * share, language, decimals)}%"


def format_month(month: str, language: Language | None = None) -> str:
    """Write a month ``YYYY-MM`` as people do; in Vietnamese a nought stands before 1 and 2 only.

    Examples
    --------
    >>> format_month("2028-07", "vi"), format_month("2028-01", "vi")
    ('7/2028', '01/2028')
    """
    if resolve_language(language) != "vi" or len(month) != 7:
        return month
    of_year = month[5:]
    return f"{of_year if of_year in ('01', '02') else of_year.lstrip('0')}/{month[:4]}"


# The 29 letters in dictionary order; f, j, w and z stand where Vietnamese dictionaries put foreign words.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_ORDER = {letter: place for place, letter in enumerate(_LETTERS)}
_TONES = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def collation_key(word: str) -> tuple[Any, ...]:
    """Give the sort key of a text in Vietnamese alphabetical order.

    Letters decide first (a, ă, â are different letters), then tones in the order
    of the dictionary (level, grave, hook, tilde, acute, dot below), then capitals.

    Examples
    --------
    >>> sorted(["đá", "dê", "ăn", "ẩn", "ao"], key=collation_key)
    ['ao', 'ăn', 'ẩn', 'dê', 'đá']
    """
    parted = [_split_tone(character) for character in unicodedata.normalize("NFC", word).lower()]
    letters = tuple((1, _ORDER[letter]) if letter in _ORDER else (0, letter) for letter, _ in parted)
    return letters, tuple(tone for _, tone in parted), word.swapcase()


def _split_tone(character: str) -> tuple[str, int]:
    parts = unicodedata.normalize("NFD", character)
    tone = next((part for part in parts[1:] if part in _TONES), "")
    letter = unicodedata.normalize("NFC", "".join(part for part in parts if part != tone))
    return letter, _TONES[tone]


def _render_value(value: Any, language: Language) -> str:
    if isinstance(value, _SAID):
        return value.render(language)
    if isinstance(value, list | tuple):
        return ", ".join(_render_value(item, language) for item in value)
    if isinstance(value, int) and value.bit_length() > 10_000:  # Python writes no more than 4300 digits
        return f"10^{int(value.bit_length() * 0.30103)}"
    return format_number(value, language) if isinstance(value, float) else str(value)


def read_catalogue(language: str) -> GNUTranslations:
    """Return the messages of a language.

    Examples
    --------
    >>> read_catalogue("vi").gettext("proposal: {proposal}")
    'đề nghị: {proposal}'
    """
    folder = resources.files("techprio") / "locale" / language
    sources = [file for file in folder.iterdir() if file.name.endswith(".po")]
    if sources:  # a checkout: what stands there now counts, not what was compiled once
        return GNUTranslations(BytesIO(compile_catalogue(sources)))
    with (folder / COMPILED).open("rb") as stream:
        return GNUTranslations(stream)


def compile_catalogue(sources: Iterable[Traversable]) -> bytes:
    """Return the content of the ``.mo`` file of several ``.po`` files."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    merged = Catalog(charset="utf-8", creation_date=NO_CLOCK, revision_date=NO_CLOCK)
    for source in sorted(sources, key=lambda file: file.name):
        with source.open("rb") as stream:
            for message in read_po(stream):
                if message.id and not message.fuzzy:
                    merged.add(message.id, message.string)
    content = BytesIO()
    write_mo(content, merged)
    return content.getvalue()
