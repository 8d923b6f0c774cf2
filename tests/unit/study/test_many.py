"""Several studies at once give the bytes of each alone, go on where they stopped, and outlive a worker."""

import json
import os
import signal
import sys
import threading
import time
from dataclasses import replace

import pytest

import techprio as tp
from techprio.study import many

NAMES = ("one", "two", "three")


def contents(folder):
    return {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def studies(small_study):
    return [replace(small_study, id=name) for name in NAMES]


@pytest.fixture(scope="module")
def alone(studies, tmp_path_factory):
    """Give the files of each study, run one by one."""
    folder = tmp_path_factory.mktemp("alone")
    for study in studies:
        tp.run(study, draws=100).save(folder / study.id, languages=("vi",), outputs=())
    return {name: contents(folder / name) for name in NAMES}


def run(studies, folder, **options):
    return tp.run_many(studies, folder, draws=100, languages=("vi",), outputs=(), **options)


def test_one_by_one_and_on_processes_they_are_the_same_bytes(studies, alone, tmp_path):
    found = run(studies, tmp_path / "here")
    assert list(found) == list(NAMES)
    assert {name: contents(path) for name, path in found.items()} == alone
    spread = run(studies, tmp_path / "spread", engine="loky", jobs=2)
    assert {name: contents(path) for name, path in spread.items()} == alone
    assert contents(tmp_path / "here") == contents(tmp_path / "spread")
    record = json.loads((tmp_path / "spread" / many.FINISHED).read_text(encoding="utf-8"))
    assert list(record) == sorted(NAMES), "which of two workers is done first is chance"


def test_after_the_death_of_a_worker_its_studies_are_done_again(studies, alone, tmp_path, monkeypatch):
    from joblib.externals.loky import get_reusable_executor

    killed = []

    def kill():
        """Kill the first worker that is there, before it can have finished a study."""
        while not killed:
            for pid in list(get_reusable_executor(max_workers=2, reuse=True)._processes or {}):
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)
                return
            time.sleep(0.01)

    get_reusable_executor(max_workers=2).shutdown(wait=True, kill_workers=True)
    calls, begin = [], many._all_of

    def begun(pending, work, jobs):
        calls.append(set(pending))
        thread = threading.Timer(0.5, kill)
        thread.start()
        yield from begin(pending, work, jobs)

    monkeypatch.setattr(many, "_all_of", begun)
    found = run(studies, tmp_path, engine="loky", jobs=2)
    assert killed
    assert {name: contents(path) for name, path in found.items()} == alone


def test_what_is_finished_is_not_done_again(studies, tmp_path, monkeypatch):
    said = []
    run(studies[:2], tmp_path)
    monkeypatch.setattr(many, "run", lambda *_, **__: pytest.fail("done again"))
    run(studies[:2], tmp_path, progress=lambda words: said.append(words.render("en")))
    assert said == ["one: finished before", "two: finished before"]
    monkeypatch.undo()
    said.clear()
    changed = replace(studies[0], title=tp.Label("Tên khác", "Another name"))
    run([changed, studies[1]], tmp_path, progress=lambda words: said.append(words.render("en")))
    assert said == ["two: finished before", "one: finished"]


def test_one_that_cannot_be_run_does_not_stop_the_others(studies, tmp_path, monkeypatch):
    whole = many.run

    def fails(study, **options):
        if study.id == "one":
            raise tp.InfeasibleError("no money")
        return whole(study, **options)

    monkeypatch.setattr(many, "run", fails)
    with pytest.raises(tp.errors.InputError, match=r"1 of 3 studies could not be run.*one: no money"):
        run(studies, tmp_path)
    assert (tmp_path / "two" / "run.json").is_file()
    assert (tmp_path / "three" / "run.json").is_file()


def test_faults_of_the_call_are_said_before_the_work(studies, tmp_path, monkeypatch):
    with pytest.raises(tp.errors.InputError, match="two studies have the id one"):
        run([studies[0], studies[0]], tmp_path)
    with pytest.raises(tp.errors.InputError, match="engine: found 'spark'; allowed: loky"):
        run(studies, tmp_path, engine="spark")
    with pytest.raises(tp.errors.InputError, match="jobs: found 0"):
        run(studies, tmp_path, jobs=0)
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(tp.errors.InputError, match="the engine ray cannot be used"):
        run(studies, tmp_path, engine="ray")
