"""On a terminal: progress with the time left, the leaders' lines last, no line too wide, no word broken."""

import os
import re
import select
import struct
import sys

import pytest

from techprio.cli import main

from ..commands import CHOOSING, techprio

pty, termios, fcntl = (pytest.importorskip(name) for name in ("pty", "termios", "fcntl"))
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
COMMANDS = [
    ("run", "--draws", "60", "--files", "workbook"),
    ("rank", "--sector", "AGR"),
    ("check",),
]


def on_terminal(*arguments, width, cwd):
    """Run a command on a terminal of so many columns; return its status and all that it sent."""
    child, stream = pty.fork()
    if child == 0:  # what is imported here need not be imported again
        os.chdir(cwd)
        for name in CHOOSING:
            os.environ.pop(name, None)
        os.environ["TERM"] = "xterm"
        sys.stdout, sys.stderr = (os.fdopen(fd, "w", encoding="utf-8") for fd in (1, 2))
        status = 1
        try:
            main(list(arguments), prog_name="techprio")
        except SystemExit as end:
            status = int(end.code or 0)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    fcntl.ioctl(stream, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    sent = b""
    while select.select([stream], [], [], 240)[0]:
        try:
            part = os.read(stream, 65536)
        except OSError:  # the program has ended
            break
        if not part:
            break
        sent += part
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), sent.decode("utf-8")


def shown(sent):
    """Return the lines that stay on the terminal: what was overwritten or taken away is gone."""
    lines, place = [""], 0
    for part in re.split(r"(\x1b\[1A|\x1b\[2K|\r|\n)", sent):
        if part == "\n":
            place += 1
            lines += [""] * (place == len(lines))
        elif part == "\x1b[1A":
            place -= 1
        elif part == "\x1b[2K":
            lines[place] = ""
        elif part != "\r":
            lines[place] += ESCAPE.sub("", part)
    return [line.rstrip() for line in lines]


@pytest.mark.parametrize(("width", "language"), [(80, "vi"), (60, "en")])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_lines_fit_and_words_stay_whole(command, width, language, trimmed_folder, tmp_path):
    arguments = [command[0], str(trimmed_folder), *command[1:], "--lang", language]
    if command[0] == "run":
        arguments += ["--out", "out"]
    status, sent = on_terminal(*arguments, width=width, cwd=tmp_path)
    lines = shown(sent)
    assert status == 0, sent
    assert max(map(len, lines)) <= width
    if command[0] != "run":  # words are those of the same command in a pipe, which breaks no line
        piped = techprio(*arguments, cwd=tmp_path)
        assert not (set(piped.stderr) & set("\r\x1b━"))
        whole = set(piped.stdout.split())
        long = [word for word in whole if len(word) >= width]  # a path that fits on no line has to be broken
        cut = [
            word for line in lines for word in line.split()
            if word not in whole and not any(word in one for one in long)
        ]  # fmt: skip
        assert not [word for word in cut if not word.endswith(("…", ":", ";")) and not set(word) <= set("─█")]
        return
    told = {"vi": ("giây", "Công nghệ ưu tiên"), "en": ("s left", "Priority technologies")}[language]
    moving = ESCAPE.sub("", sent)
    assert told[0] in moving  # the time left ...
    assert "%" in moving
    assert not [line for line in lines if "━" in line]  # ... which goes when the work is done
    assert told[1] in lines[0]
    assert any("priorities.xlsx" in line for line in lines[-16:])
    assert not any(re.search(r"\b(CRS|AGR|LOG)\d\d\b", line) for line in lines)  # names, not codes


def test_nothing_moves_in_a_pipe(trimmed_folder, tmp_path):
    done = techprio("run", trimmed_folder, "--draws", "60", "--files", "none", "--out", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert not set(done.stdout + done.stderr) & set("\r\x1b━")
    assert done.stderr == ""
