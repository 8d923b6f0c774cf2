"""LibreOffice without a window, with a profile of its own."""

import subprocess

import pytest


@pytest.fixture(scope="session")
def to_pdf(soffice, tmp_path_factory):
    """Give a function that converts a file to PDF and returns the path of the PDF."""
    profile = tmp_path_factory.mktemp("office-profile")

    def convert(path, kind="pdf", folder=None):
        return convert_all([path], kind, folder)[0]

    def convert_all(paths, kind="pdf", folder=None):
        """Convert files with one start of the program."""
        folder = folder or paths[0].parent
        command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind,
                   "--outdir", str(folder), *map(str, paths)]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, timeout=480)
        results = [folder / f"{path.stem}.{kind.partition(':')[0]}" for path in paths]
        assert all(result.is_file() for result in results), done.stdout + done.stderr
        return results

    convert.all = convert_all
    return convert
