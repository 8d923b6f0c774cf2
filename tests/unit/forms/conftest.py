"""A round of forms for three experts, and the ways in which it comes back."""

import pytest

import techprio as tp
from techprio.forms.questions import pairs_of, scores_of
from techprio.forms.round_folder import read_round

from ...answer_files import answers_text

EXPERTS = (
    tp.forms.Expert("e1", "Nguyễn Văn An", "agencies", ("AGR",)),
    tp.forms.Expert("e2", "Trần Thị Bình", "research"),
    tp.forms.Expert("e3", "Lê Chi", "enterprises", ("AGR", "LOG")),
)


class Round:
    """A round that was sent, and a folder of what came back."""

    def __init__(self, study, place, open_workbook, experts=EXPERTS, **options):
        self.study, self.experts, self.back = study, experts, place / "back"
        self.sent = options.pop("sent", place / "sent")
        self.back.mkdir(parents=True)
        self.open_workbook = open_workbook
        if not self.sent.exists():
            tp.forms.make_forms(study, experts, self.sent, language="vi", **options)
        self.made = read_round(self.sent)

    def form(self, code):
        """Return the workbook of an expert, open."""
        return self.open_workbook(self.sent / f"small-{code}-r{self.made.number}.xlsx")

    def fields(self, code, answers=None, **changes):
        """Return the fields of an answer file; every question answered unless answers are given."""
        expert = next((one for one in self.experts if one.code == code), self.experts[0])
        if answers is None:
            pairs = [{"q": q.key, "preferred": q.one, "value": 3, "note": ""} for q in pairs_of(self.study)]
            answers = pairs + [{"q": q.key, "value": 4, "note": ""} for q in scores_of(self.study, expert)]
        marks = {**self.made.marks(code), "round": self.made.number}
        head = {"format": "techprio-answers", "version": 1, **marks, "language": "vi", "state": "final",
                "sequence": 1, "seconds": {}}  # fmt: skip
        return {**head, **changes, "answers": answers}

    def put(self, name, content):
        """Put something into the folder of what came back."""
        path = self.back / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def put_answers(self, code, name=None, answers=None, **changes):
        """Put an answer file into the folder."""
        words = answers_text(self.fields(code, answers, **changes))
        self.put(name or f"small-{code}-r1.answers.json", words)
        return words

    def read(self, **options):
        """Read what came back."""
        return tp.forms.collect_forms(self.study, self.experts, self.back, self.sent, **options)


@pytest.fixture(scope="session")
def sent_once(small_study, tmp_path_factory):
    """Return the folder of a first round, which nobody writes into."""
    place = tmp_path_factory.mktemp("round") / "sent"
    tp.forms.make_forms(small_study, EXPERTS, place, language="vi")
    return place


@pytest.fixture
def a_round(small_study, tmp_path, open_workbook, sent_once):
    """Return a first round, with an empty folder for what comes back."""
    return Round(small_study, tmp_path, open_workbook, sent=sent_once)


@pytest.fixture
def new_round(small_study, open_workbook):
    """Return what makes a round with options of its own."""
    return lambda place, **options: Round(options.pop("study", small_study), place, open_workbook, **options)


@pytest.fixture
def states():
    """Return what gives the state of each expert."""
    return lambda found: found.progress.set_index("expert")["state"].to_dict()
