"""The same goldens and hostile files in the browser's Python: another NumPy, in WebAssembly."""

import zipfile
from pathlib import Path

from publish.programs import ROOT, node, run
from publish.runtime import bytecode, pack
from tests.rnn.hostile import HOSTILE
from tests.rnn.parity.cases import CASES


def test_every_case_agrees_inside_the_pages_python(tmp_path):
    manifest = pack(tmp_path / "runtime")
    runtime = tmp_path / "runtime" / manifest["version"]
    for wheel in runtime.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(tmp_path / "site")
    done = run(
        "Comparing with the goldens",
        [
            node(),
            Path(bytecode.__file__).with_name("inside.mjs"),
            Path(__file__).with_name("inside.py"),
            runtime / "python_stdlib.zip",
            f"site={tmp_path / 'site'}",
            f"repository={ROOT}",
        ],
    )
    agree, refused = f"{len(CASES)} cases agree", f"{len(HOSTILE) - 1} files refused"
    assert done.splitlines()[-1] == f"emscripten: {agree}, {refused}"
