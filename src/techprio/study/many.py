"""Many studies at once: each whole study is a piece of work, done by any engine, kept when it is finished."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path

from techprio.arguments import validated
from techprio.errors import InputError, TechprioError
from techprio.inputs.study import read_study
from techprio.kept_files import parse_json
from techprio.language import Language, Text, check_language, resolve_language, text
from techprio.model.provenance import Provenance
from techprio.model.study import Study
from techprio.reporting.comparison import comparison_files
from techprio.reporting.files import put_file, put_files
from techprio.reporting.result_folder import RECORD, open_result_folder
from techprio.reporting.write import USUAL
from techprio.study.chain import run
from techprio.templates.study_files import study_files

Progress = Callable[[Text], None]
#: Beside the folders of the results: which of them are finished, and from what.
FINISHED = "finished.json"
#: How often in a row a worker may die before any study is finished.
_TRIES = 3
ENGINES = ("loky", "threading", "multiprocessing", "dask", "ray")


@validated
def run_many(
    studies: Sequence[Study | str | Path],
    folder: str | Path,
    *,
    jobs: int | None = None,
    engine: str | None = None,
    draws: int | None = None,
    seed: int | None = None,
    languages: Sequence[Language] | None = None,
    outputs: Collection[str] | None = None,
    progress: Progress | None = None,
) -> dict[str, Path]:
    """Run whole studies side by side, each into a folder of its own.

    A study is one piece of work for a worker. Where a worker dies, its studies are done again; a study
    that cannot be planned does not stop the others. What an earlier call has finished in the folder, from
    the same inputs with the same options, stays as it is. ``comparison.xlsx`` and ``comparison.html`` show
    all side by side: weights, platforms that recur, money and people.

    Parameters
    ----------
    studies : sequence of Study, path or name
        Their ids name the folders, so each must have its own.
    folder : path
        Where the folders of the results stand; every worker must reach it.
    jobs : int, optional
        Workers; -1 for all cores. None leaves it to the engine, which is one worker where none is chosen.
    engine : str, optional
        ``loky``, ``threading``, ``multiprocessing``, ``dask`` (of the client that is open) or
        ``dask=ADDRESS`` of a scheduler, ``ray``. None takes that of :func:`joblib.parallel_config`.
    draws, seed : int, optional
        Instead of those of each study; see :func:`techprio.run`.
    languages, outputs : optional
        As in :meth:`techprio.StudyResult.save`.
    progress : callable, optional
        Called with a sentence for each study that is finished.

    Returns
    -------
    dict of str to Path
        The folder of each study by its id, in the order of the studies; the same bytes as one by one.

    Raises
    ------
    InputError
        Two studies of one id, an unknown engine, studies that could not be run (each with its reason,
        the others are finished), or workers that die again and again.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd, techprio as tp
    >>> table = pd.DataFrame({"cost": [3.0, 5.0], "jobs": [4.0, 2.0]}, index=["A", "B"])
    >>> farms = pd.DataFrame({"sector": "farming"}, index=["A", "B"])
    >>> catalog = tp.Catalog.from_frame(farms, table, {"cost": "min", "jobs": "max"})
    >>> even, jobs_first = ({"cost": 0.5, "jobs": 0.5}, {"cost": 0.2, "jobs": 0.8})
    >>> studies = [tp.Study(catalog, weights=even, id="a"), tp.Study(catalog, weights=jobs_first, id="b")]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     found = tp.run_many(studies, folder, draws=100, outputs=())
    ...     {name: (place / "priorities.csv").exists() for name, place in found.items()}
    {'a': True, 'b': True}
    """
    if jobs == 0:
        raise InputError.argument(
            "jobs", found=jobs, allowed=text("a number of workers, -1 for all cores, None for joblib's own")
        )
    target = open_result_folder(folder)
    spoken = (resolve_language(),) if languages is None else tuple(map(check_language, languages))
    kinds = USUAL if outputs is None else tuple(outputs)
    read = _by_id([one if isinstance(one, Study) else read_study(one) for one in studies])
    keys = {name: _key(study, draws, seed, spoken, kinds) for name, study in read.items()}
    done = {name: key for name, key in _finished(target).items() if (target / name / RECORD).is_file()}
    report = progress or (lambda _: None)
    pending = {name: study for name, study in read.items() if done.get(name) != keys[name]}
    for name in read:
        if name not in pending:
            report(text("{name}: finished before", name=name))
    work = partial(_run_one, target=target, draws=draws, seed=seed, languages=spoken, outputs=kinds)
    failed: dict[str, str] = {}
    with _engine(engine):
        for name, fault in _all_of(pending, work, jobs):
            if fault:
                failed[name] = fault
                report(text("{name}: {fault}", name=name, fault=fault))
                continue
            done[name] = keys[name]
            # By name: which of two workers is done first is chance.
            record = json.dumps(done, indent=2, sort_keys=True) + "\n"
            put_file(target / FINISHED, record.encode(), spoken[0])
            report(text("{name}: finished", name=name))
    folders = {name: target / name for name in read if name in done}
    if folders:
        put_files(target, comparison_files(read, folders, language=spoken[0]), spoken[0])
    if failed:
        problems = "; ".join(f"{name}: {fault}" for name, fault in failed.items())
        raise InputError(
            text(
                "{count} of {all} studies could not be run, the others are finished in {folder}: {problems}",
                count=len(failed), all=len(read), folder=target, problems=problems,
            )
        )  # fmt: skip
    return folders


def _by_id(studies: Sequence[Study]) -> dict[str, Study]:
    read: dict[str, Study] = {}
    for study in studies:
        if study.id in read:
            raise InputError(
                text("two studies have the id {name}; give each its own `id` in study.yaml", name=study.id)
            )
        read[study.id] = study
    return read


def _key(
    study: Study, draws: int | None, seed: int | None, languages: Sequence[str], outputs: Sequence[str]
) -> str:
    """Return a digest of all that a result depends on."""
    files = study.files or study_files(study, "en")
    inputs = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    parts = [Provenance.of("").version, inputs, draws, seed, list(languages), sorted(outputs)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _finished(folder: Path) -> dict[str, str]:
    try:
        found = parse_json((folder / FINISHED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(key) for name, key in found.items()} if isinstance(found, dict) else {}


def _run_one(
    study: Study,
    *,
    target: Path,
    draws: int | None,
    seed: int | None,
    languages: Sequence[Language],
    outputs: Collection[str],
) -> tuple[str, str]:
    """Run a study in a worker; return its id, and what kept it from being run."""
    try:
        run(study, draws=draws, seed=seed).save(target / study.id, languages=languages, outputs=outputs)
    except TechprioError as error:
        return study.id, str(error)
    return study.id, ""


def _all_of(
    pending: dict[str, Study], work: Callable[[Study], tuple[str, str]], jobs: int | None
) -> Iterator[tuple[str, str]]:
    """Give what each study came to as it comes; after the death of a worker begin again with the rest."""
    from joblib import Parallel, delayed

    left, tries = dict(pending), 0
    while left:
        try:
            for found in Parallel(n_jobs=jobs, return_as="generator_unordered")(
                delayed(work)(study) for study in left.copy().values()
            ):
                del left[found[0]]
                tries = 0
                yield found
        except BrokenProcessPool as error:
            tries += 1
            if tries == _TRIES:
                raise InputError(
                    text(
                        "workers died {count} times in a row, perhaps for want of memory; take fewer: jobs=1",
                        count=_TRIES,
                    )
                ) from error


@contextmanager
def _engine(name: str | None) -> Iterator[None]:
    if name is None:
        yield
        return
    from joblib import parallel_config

    kind, _, address = name.partition("=")
    if kind not in ENGINES or (address and kind != "dask"):
        raise InputError.argument("engine", found=name, allowed=(*ENGINES, "dask=ADDRESS"))
    with ExitStack() as stack:
        try:
            if address:
                from distributed import Client

                stack.enter_context(Client(address))  # type: ignore[no-untyped-call]
            if kind == "ray":
                import_module("ray.util.joblib").register_ray()
            stack.enter_context(parallel_config(backend=kind))
        except (ImportError, ValueError, OSError) as error:
            raise InputError(
                text("the engine {name} cannot be used: {reason}", name=name, reason=str(error))
            ) from error
        yield
