"""Making a build smaller: what is cut off, shared, emptied or linked, and that it still works."""

import ast
import ctypes
import importlib.util
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from devtool.installers import hollow, leave_out, one_blas, orphans, slim, twins, unicode_data


def _package_of_data(parts: dict[str, bytes]) -> bytes:
    header = struct.pack("<HBB", 32, 0xDA, 0x27) + b"\0" * 8 + b"CmnD" + b"\0" * 16
    return header + unicode_data._packed(sorted(parts.items()))


def test_unicode_data_keeps_orders_encodings_and_the_languages_of_the_window() -> None:
    kept = {
        "icudt73l/coll/ko.res": b"order",
        "icudt73l/ko.res": b"korean",
        "icudt73l/root.res": b"root",
        "icudt73l/windows-949.cnv": b"encoding",
        "icudt73l/zone/ko.res": b"zone",
    }
    dropped = ("curr/ko.res", "unit/en.res", "de_CH.res", "zone/de.res", "brkitr/thaidict.dict")
    # The last of all is a bundle, whose end stands in itself.
    last = struct.pack("<H", 4) + b"\xda\x27" + struct.pack("<6I", 0, 5, 6, 6, 6, 0)
    parts = {**kept, **{f"icudt73l/{name}": b"x" * 99 for name in dropped}}
    parts["icudt73l/zoneinfo64.res"] = last
    library = b"\x7fELF" + b"\0" * 60 + _package_of_data(parts) + b"rest of the library"
    found = unicode_data.reduced(library)
    names, places = unicode_data._contents(found, 32)
    assert names == sorted([*kept, "icudt73l/zoneinfo64.res"])
    for name, at in zip(names, places, strict=True):
        expected = kept.get(name, last)
        assert found[32 + at : 32 + at + len(expected)] == expected
    with pytest.raises(ValueError, match="no package"):
        unicode_data.reduced(b"nothing")


needs_compiler = pytest.mark.skipif(
    sys.platform != "linux" or not all(map(shutil.which, ("cc", "nm"))), reason="no compiler here"
)


def _library(place: Path, code: str, *options: str) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    command = ["cc", "-shared", "-fPIC", f"-Wl,-soname,{place.name}", "-o", str(place), *options]
    subprocess.run([*command, "-x", "c", "-"], input=code.encode(), check=True)
    return place


@needs_compiler
def test_a_library_is_emptied_only_if_nobody_calls_it(tmp_path: Path) -> None:
    home = tmp_path / "_internal" / "pyarrow"
    plans = _library(home / "libarrow_substrait.so.1", "int plan(void) { return 1; }" * 1)
    _library(home / "libparquet.so.1", "int read_parquet(void) { return 2; }")
    caller = "int read_parquet(void); int both(void) { return read_parquet(); }"
    module = _library(home / "lib.so", caller)
    hollow.hollow(tmp_path)
    assert not hollow.symbols(plans, "--defined-only") & {"plan"}
    assert "read_parquet" in hollow.symbols(home / "libparquet.so.1", "--defined-only")
    ctypes.CDLL(str(plans))
    module.unlink()
    hollow.hollow(tmp_path)
    assert "read_parquet" not in hollow.symbols(home / "libparquet.so.1", "--defined-only")


@needs_compiler
def test_both_keep_their_linear_algebra_if_a_name_is_missing(tmp_path: Path) -> None:
    inside = tmp_path / "_internal"
    wide = _library(inside / "numpy.libs" / "libscipy_openblas64_-1.so", "int old = 1;")
    _library(inside / "scipy.libs" / "libscipy_openblas-1.so", "int other = 1;")
    _library(
        inside / "numpy" / "core.so", "int scipy_new_64_(void); int f() {return scipy_new_64_();}"
    )
    before = wide.read_bytes()
    assert one_blas.share(tmp_path) == 0
    assert wide.read_bytes() == before
    assert list(wide.parent.iterdir()) == [wide]


@needs_compiler
def test_numpys_calls_come_out_right_through_scipys_linear_algebra(tmp_path: Path) -> None:
    numpy_, scipy_ = (importlib.util.find_spec(name) for name in ("numpy", "scipy"))
    assert numpy_ and numpy_.origin and scipy_ and scipy_.origin
    packages = Path(numpy_.origin).parents[1]
    inside = tmp_path / "_internal"
    for name in ("numpy", "numpy.libs", "scipy.libs"):
        if not (packages / name).is_dir():
            pytest.skip("numpy and scipy are not from wheels")
        shutil.copytree(packages / name, inside / name, ignore=shutil.ignore_patterns("tests"))
    assert one_blas.share(tmp_path) > 10_000_000
    command = [sys.executable, "-c", _LINEAR_ALGEBRA, str(inside)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["right"], done.stderr


_LINEAR_ALGEBRA = """
import sys
sys.path.insert(0, sys.argv[1])
import numpy as np
assert np.__file__.startswith(sys.argv[1])
draw = np.random.default_rng(0)
for kind in "fdFD":
    near = dict(rtol=1e-3, atol=1e-4)
    a = (draw.random((2, 5, 5)) + 5 * np.eye(5)).astype(kind)
    b = draw.random((2, 5, 3)).astype(kind)
    for rows in (slice(None), slice(None, None, -1)):
        for columns in (slice(None), slice(None, None, -1)):
            x = a[:, rows, columns]
            assert np.allclose(x @ np.linalg.solve(x, b), b, **near)
            assert np.allclose(np.linalg.inv(x) @ x, np.eye(5), **near)
            u, s, v = np.linalg.svd(x)
            assert np.allclose((u * s[:, None, :]) @ v, x, **near)
            w, z = np.linalg.eig(x)
            assert np.allclose(x @ z, z * w[:, None, :], **near)
            assert np.allclose(np.linalg.lstsq(x[0], b[0])[0], np.linalg.solve(x[0], b[0]), **near)
    h = a + a.conj().swapaxes(-1, -2)
    w, z = np.linalg.eigh(h)
    assert np.allclose(h @ z, z * w[:, None, :], **near)
    q, r = np.linalg.qr(a)
    assert np.allclose(q @ r, a, **near)
    c = np.linalg.cholesky(a @ a.conj().swapaxes(-1, -2))
    assert np.allclose(abs(np.linalg.det(c)), abs(np.linalg.det(a)), rtol=1e-2)
    big = draw.random((300, 200)).astype(kind)
    assert np.allclose((big @ big.T)[7, 9], (big[7] * big[9]).sum(), **near)
    assert np.allclose(np.vdot(big[0], big[1]), (big[0].conj() * big[1]).sum(), **near)
    assert np.allclose((big @ big[0])[3], np.dot(big[3], big[0]), **near)
print("right")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="one folder of libraries on Linux alone")
def test_what_is_there_twice_is_linked(tmp_path: Path) -> None:
    for name in ("liba.so", "liba.so.1", "liba.so.1.2"):
        (tmp_path / name).write_bytes(b"same")
    (tmp_path / "libb.so").write_bytes(b"other")
    assert twins.link(tmp_path) == 8
    assert (tmp_path / "liba.so").readlink() == Path("liba.so.1.2")
    assert not (tmp_path / "libb.so").is_symlink()


@needs_compiler
def test_packages_share_a_runtime_that_offers_all_that_the_other_does(tmp_path: Path) -> None:
    inside = tmp_path / "_internal"
    less = _library(inside / "a.libs" / "librun-0a.so.5.0.0", "int one = 1;")
    more = _library(inside / "b.libs" / "librun-1b.so.5.0.1", "int one = 1; int two = 2;")
    other = _library(inside / "a.libs" / "librun-2c.so.5", "int three = 3;")
    next_ = _library(inside / "a.libs" / "librun-3d.so.6", "int one = 1;")
    own = _library(inside / "librun-4e.so.5", "int one = 1;")
    saved = less.stat().st_size
    assert twins.link_runtimes(tmp_path) == saved
    assert less.readlink() == Path("../b.libs/librun-1b.so.5.0.1")
    ctypes.CDLL(str(less))
    assert not any(file.is_symlink() for file in (more, other, next_, own))


@needs_compiler
def test_what_only_left_out_libraries_needed_goes_with_them(tmp_path: Path) -> None:
    inside = tmp_path / "_internal"
    ours = (f"-L{inside}", "-Wl,--no-as-needed", "-Wl,--allow-shlib-undefined")
    drawn = _library(inside / "libdraw.so.2", "int draw = 1;")
    toolkit = _library(inside / "libtoolkit.so.3", "int kit = 1;", *ours, f"-l:{drawn.name}")
    screen = _library(inside / "libscreen.so.1", "int screen = 1;")
    python = _library(inside / "libpython3.11.so.1.0", "int python = 1;")
    _library(inside / "qt" / "plugin.so", "int plugin = 1;", *ours, f"-l:{screen.name}")
    shutil.copy(python, tmp_path / "notesai")
    saved = sum(file.stat().st_size for file in (toolkit, drawn))
    assert orphans.remove(tmp_path) == saved
    assert sorted(file.name for file in inside.glob("*.so*")) == [python.name, screen.name]


SEALING = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("cryptography", sys.argv[1])
stand_in = importlib.util.module_from_spec(spec)
spec.loader.exec_module(stand_in)
for name in ("", *sys.argv[2].split()):
    sys.modules["cryptography" + name] = stand_in
from mcp.server.mcpserver import MCPServer
from mcp.server.request_state import InvalidRequestState, RequestStateSecurity
MCPServer("x")
codec = RequestStateSecurity.ephemeral().codec
try:
    codec.seal(b"state")
except NotImplementedError as error:
    print(error)
import base64
for key in codec._ring:
    try:
        codec.unseal("v1." + base64.urlsafe_b64encode(key + b"x" * 32).decode().rstrip("="))
    except InvalidRequestState as error:
        print(error)
print(sorted(name for name in sys.modules if name.startswith("cryptography")
             and sys.modules[name] is not stand_in))
"""


def test_the_protocol_works_without_ciphers_and_refuses_what_is_said_to_be_sealed() -> None:
    folder = Path(slim.__file__).parents[2] / "pyinstaller"
    names = re.search(r"^SEALING = (.*)$", (folder / "notesai.spec").read_text("utf-8"), re.M)
    assert names is not None
    below = (".hazmat.primitives" + name for name in ast.literal_eval(names[1]))
    command = [sys.executable, "-c", SEALING, str(folder / "no_sealing" / "__init__.py")]
    command.append(" ".join((".exceptions", ".hazmat", *below)))
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["sealing is not part of notesai", "seal", "[]"], done.stderr


STAND_IN = """
import importlib.util, sys
for name in ("_core", "_highs_options"):
    whole = f"scipy.optimize._highspy.{name}"
    spec = importlib.util.spec_from_file_location(whole, sys.argv[1])
    sys.modules[whole] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[whole])
    setattr(__import__("scipy.optimize._highspy", fromlist=["x"]), name, sys.modules[whole])
from scipy.optimize import linear_sum_assignment
from scipy.optimize._highspy import _core
from sklearn.cluster import HDBSCAN
print(linear_sum_assignment([[4.0, 1.0], [2.0, 3.0]])[1].tolist())
try:
    _core._Highs().run()
except NotImplementedError as error:
    print(error)
"""


def test_scipy_works_without_linear_programs() -> None:
    stand_in = Path(slim.__file__).parents[2] / "pyinstaller" / "no_programs.py"
    done = subprocess.run(
        [sys.executable, "-c", STAND_IN, str(stand_in)], capture_output=True, text=True
    )
    assert done.stdout.splitlines()[:1] == ["[1, 0]"], done.stderr
    assert "not part of notesai" in done.stdout


UNDOCUMENTED = """
import importlib.machinery, sys
loader, names = importlib.machinery.SourceFileLoader, sys.argv[1].split()
read = loader.get_code
def bare(self, name):
    if name.split(".")[0] not in names:
        return read(self, name)
    return compile(self.get_data(self.path), self.path, "exec", dont_inherit=True, optimize=2)
loader.get_code = bare
import lancedb, numpy.ma, openTSNE, pyarrow.compute, pygments.lexers, scipy.optimize
import scipy.sparse.linalg, scipy.stats
from openTSNE.affinity import PerplexityBasedNN
from sklearn.cluster import AgglomerativeClustering, HDBSCAN
rows = numpy.random.default_rng(1).normal(size=(60, 4))
assert len(set(AgglomerativeClustering(n_clusters=3).fit_predict(rows))) == 3
print(scipy.__doc__, HDBSCAN.__doc__, lancedb.connect.__doc__)
"""


@pytest.mark.slow
def test_what_is_frozen_without_its_texts_loads_all_the_same() -> None:
    names = " ".join(leave_out.UNDOCUMENTED)
    command = [sys.executable, "-B", "-c", UNDOCUMENTED, names]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stdout.strip() == "None None None", done.stderr
