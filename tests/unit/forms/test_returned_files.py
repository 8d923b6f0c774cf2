"""What lies in a folder of returned forms: everything is accounted for, whatever carries the answers."""

import email.message
import io
import unicodedata
import zipfile

import openpyxl
import pytest

from ...answer_files import answers_text, pasted_text


def files(found):
    return {row.file: row.state for row in found.files.itertuples()}


def codes(found):
    return [(problem.code, problem.file) for problem in found.problems]


def zipped(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def mail(content, *, attached=None, quoted=False):
    message = email.message.EmailMessage()
    message["Subject"] = "Phiếu trả lời"
    if quoted:
        content = "\n".join(
            "> " + line[i : i + 30] for line in content.split("\n") for i in range(0, len(line), 30)
        )
    message.set_content(f"Kính gửi nhóm nghiên cứu\n\n{content}\n\nTrân trọng")
    if attached:
        name, data = attached
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_everything_in_the_folder_is_accounted_for(a_round, states):
    words = a_round.put_answers("e1")
    a_round.form("e2").answer_all().save(a_round.back / "tuần 1" / "phiếu.xlsx")
    a_round.put("tuần 2/phiếu.xlsx", b"PK\x03\x04 broken")
    a_round.put("phieu.pdf", b"%PDF")
    a_round.put("phieu.rar", b"Rar!")
    a_round.put("ảnh.jpg", b"\xff\xd8")
    a_round.put("ghi chú.txt", "gọi lại cho anh An")
    a_round.put("bảng.csv", "a,b\n1,2\n")
    a_round.put("phiếu.html", f"<!doctype html>{words}")
    a_round.put("~$phiếu.xlsx", b"lock")
    a_round.put(".DS_Store", b"x")
    a_round.put("khác.json", "{}")
    openpyxl.Workbook().save(a_round.back / "trống.xlsx")
    found = a_round.read()
    assert files(found) == {
        "small-e1-r1.answers.json": "read", "tuần 1/phiếu.xlsx": "read", "tuần 2/phiếu.xlsx": "refused",
        "phieu.rar": "refused",
        "phieu.pdf": "not_read", "ảnh.jpg": "not_read", "ghi chú.txt": "not_read", "bảng.csv": "not_read",
        "phiếu.html": "not_read", "~$phiếu.xlsx": "not_read", ".DS_Store": "not_read",
        "khác.json": "not_read", "trống.xlsx": "refused",
    }  # fmt: skip
    assert all(found.files["why"].where(found.files["state"] != "read", "x").map(str).str.len() > 0)
    assert codes(found) == [("T102", "phieu.rar"), ("F601", "trống.xlsx"), ("T102", "tuần 2/phiếu.xlsx")]
    assert states(found) == {"e1": "complete", "e2": "complete", "e3": "missing"}
    assert [str(note) for note in found.notes] == [
        "phiếu.xlsx is open in Excel; answers that are not saved yet are not in it"
    ]


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 broken", "Mã;Điểm\n".encode(), b"\xd0\xcf\x11\xe0 old"]
)
def test_workbooks_that_are_none(a_round, content, states):
    a_round.put("x.xlsx", content)
    a_round.put_answers("e1")
    found = a_round.read()
    assert files(found)["x.xlsx"] == "refused"
    assert len(found.problems) == 1
    why = str(found.files.set_index("file")["why"]["x.xlsx"])
    assert why == why.strip() == str(found.problems[0].found)
    assert states(found)["e1"] == "complete"


def test_an_empty_folder_has_progress(a_round, states):
    found = a_round.read()
    assert set(states(found).values()) == {"missing"}
    assert found.judgments.empty
    assert found.advice.render("en") == "go on: nothing has been answered"


def carriers(words, workbook):
    pasted = pasted_text(words)
    return {
        "a.answers.json": words,
        "a.json": words.replace("\n", "\r\n"),
        "a.txt": f"Em gửi chị\n{pasted}\nCảm ơn",
        "unicode.txt": f"Em gửi chị\n{pasted}".encode("utf-16"),
        "unicode.json": words.encode("utf-16"),
        "folded.txt": pasted.replace("\n", "\r\n "),
        "a.eml": mail(pasted),
        "quoted.eml": mail(pasted, quoted=True),
        "attached.eml": mail("xem tệp", attached=("phiếu.answers.json", words.encode())),
        "workbook.eml": mail("xem tệp", attached=("phiếu.xlsx", workbook)),
        "a.zip": zipped(**{"thư mục/phiếu.xlsx": workbook}),
        "answers.zip": zipped(**{"phiếu.answers.json": words, "đọc.pdf": b"%PDF"}),
        "twice.zip": zipped(**{"trong.zip": zipped(**{"phiếu.answers.json": words})}),
        unicodedata.normalize("NFD", "phiếu của Bình.answers.json"): words,
    }


@pytest.mark.parametrize("number", range(14))
def test_the_same_answers_by_every_way(a_round, tmp_path, number, states):
    fields = a_round.fields("e2")
    workbook = a_round.form("e2")
    for question in workbook.rows:
        workbook.answer(question, question.split(":")[2], 3)
    content = workbook.save(tmp_path / "x.xlsx").read_bytes()
    name, data = list(carriers(answers_text(fields), content).items())[number]
    a_round.put(name, data)
    found = a_round.read()
    assert [problem.render("en") for problem in found.problems] == []
    assert states(found)["e2"] == "complete"
    assert (found.judgments["strength"] == 3).all()
    assert found.judgments["preferred"].tolist() == ["F", "F", "J", "F1", "F1", "F2"]


def test_every_answer_that_was_pasted_into_one_text_is_read(a_round, states):
    first, second = (pasted_text(answers_text(a_round.fields(code))) for code in ("e1", "e2"))
    a_round.put("nhóm.txt", f"An:\n{first}\nBình:\n{second[:-90]}\nBình gửi lại:\n{second}")
    a_round.put("e3.eml", mail(pasted_text(answers_text(a_round.fields("e3"))) + "\n> " + first))
    found = a_round.read()
    assert files(found) == {
        "nhóm.txt/1": "not_counted", "nhóm.txt/2": "refused", "nhóm.txt/3": "read",
        "e3.eml/text-0.txt/1": "read", "e3.eml/text-0.txt/2": "read",
    }  # fmt: skip
    assert set(states(found).values()) == {"complete"}


def test_a_damaged_part_of_an_archive_costs_that_part(a_round, states):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for code in ("e1", "e2"):
            archive.writestr(f"{code}.answers.json", answers_text(a_round.fields(code)))
    content = bytearray(stream.getvalue())
    content[60:100] = bytes([255]) * 40
    a_round.put("a.zip", bytes(content))
    found = a_round.read()
    assert codes(found) == [("T102", "a.zip/e1.answers.json")]
    assert states(found) == {"e1": "missing", "e2": "complete", "e3": "missing"}


def changed(words, old, new):
    assert old in words
    return words.replace(old, new, 1)


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda words: words[: len(words) // 2], "F609"),
        (lambda words: words[:-5], "F609"),
        (lambda words: changed(words, '"value": 3', '"value": 9'), "F609"),
        (lambda words: changed(words, '"sequence": 1', '"sequence": 2'), "F609"),
        (lambda words: pasted_text(words)[:-60], "F609"),
        (lambda words: changed(pasted_text(words), "CRC32=", "CRC32=0"), "F609"),
        (lambda words: changed(pasted_text(words), "\n", "\nQUJD"), "F609"),
        (lambda words: words.encode("utf-16")[:-401], "F609"),
        (lambda words: changed(words, '"version": 1', '"version": 7'), "F609"),
        (lambda words: "[]", "F609"),
        (lambda words: "[" * 200_000, "F609"),
    ],
)
def test_a_damaged_answer_file(a_round, states, damage, code):
    words = answers_text(a_round.fields("e1"))
    a_round.put("a.answers.json", damage(words))
    a_round.put_answers("e2")
    found = a_round.read()
    assert codes(found) == [(code, "a.answers.json")]
    assert states(found) == {"e1": "missing", "e2": "complete", "e3": "missing"}
