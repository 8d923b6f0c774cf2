"""A copied study gives what the shipped one gives."""

from ..commands import techprio


def test_copy_checks_and_ranks_like_the_original(tmp_path):
    assert techprio("example", "lai-chau", "my-study", cwd=tmp_path).returncode == 0
    assert techprio("check", "my-study", cwd=tmp_path).returncode == 0
    copied = techprio("rank", "my-study", "--lang", "en", cwd=tmp_path)
    shipped = techprio("rank", "lai-chau", "--lang", "en", cwd=tmp_path)
    assert copied.returncode == 0
    assert copied.stdout == shipped.stdout
    assert copied.stdout.count("AGR") > 10


def test_a_full_folder_is_not_overwritten(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "note.txt").write_text("keep", encoding="utf-8")
    done = techprio("example", "lai-chau", "mine", cwd=tmp_path)
    assert done.returncode == 1
    assert (tmp_path / "mine" / "note.txt").read_text(encoding="utf-8") == "keep"
