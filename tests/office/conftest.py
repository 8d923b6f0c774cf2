"""LibreOffice without a window, with a profile of its own."""

import subprocess

import pytest


@pytest.fixture(scope="session")
def to_pdf(soffice, tmp_path_factory):
    """Give a function that converts a file to PDF and returns the path of the PDF."""
    profile = tmp_path_factory.mktemp("office-profile")

    def convert(path, kind="pdf", folder=None):
        folder = folder or path.parent
        command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind,
                   "--outdir", str(folder), str(path)]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, timeout=240)
        result = folder / f"{path.stem}.{kind.partition(':')[0]}"
        assert result.is_file(), done.stdout + done.stderr
        return result

    return convert
