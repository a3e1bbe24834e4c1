"""Edited, renamed, swapped, unplugged and killed for minutes, the index equals a clean build."""

import shutil
from pathlib import Path

import pytest
from soak import differences, soaked

from notesai.engine.workspace import Workspace
from notesai.paths import home, sample_vault


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", [1, 2])
def test_rough_treatment_leaves_what_a_clean_build_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
):
    vault = tmp_path / "vault"
    shutil.copytree(sample_vault(), vault)
    for _ in soaked(vault, home().data.parent, seconds=90, kills=4, seed=seed):
        pass
    (rough,) = (home().data / "indexes").iterdir()
    monkeypatch.setenv("NOTESAI_HOME", str(tmp_path / "clean"))
    with Workspace.open(vault, write=True) as workspace:
        workspace.index()
        clean = workspace.place.folder
    assert differences(rough, clean) == []
