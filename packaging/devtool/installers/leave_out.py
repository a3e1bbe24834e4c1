"""What the standard build leaves out, and what never belongs into one.

Files are matched by their place in the folder of the build, as `fnmatch` does.
"""

from fnmatch import fnmatch

HEAVY = (
    "torch",
    "torchvision",
    "transformers",
    "sentence_transformers",
    "onnx",
    "onnxscript",
    "onnx_ir",
    "sympy",
)
"""Modules of the "all models" build alone: each is larger than the notes of a life."""

NEVER = (
    # Of benchmarks, tests and tools.
    "numba",
    "llvmlite",
    "umap",
    "pynndescent",
    "pandas",
    "polars",
    "matplotlib",
    "pytest",
    "_pytest",
    "pytestqt",
    "hypothesis",
    "moto",
    "boto3",
    "botocore",
    "ir_measures",
    "PIL",
    "IPython",
    "setuptools",
    "pip",
    "wheel",
    "PyInstaller",
    "pyright",
    "grimp",
    "importlinter",
    "gguf",
    # Of Python, and unused.
    "tkinter",
    "lib2to3",
    "ensurepip",
    "pydoc_data",
    "test",
    # LanceDB's optional companions.
    "lance",
    "datafusion",
    "duckdb",
    "pylance",
    # Quicker transfers from the hub: bytes are read by notesai itself.
    "hf_xet",
    # Of sign-in for servers on the network, which `notesai mcp` is not.
    "cryptography",
    # Of Qt, and unused: the map's library tries them.
    "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets",
    "PySide6.QtQuick",
    "PySide6.QtQml",
    "PySide6.QtTest",
    "PySide6.QtSql",
    "PySide6.QtDesigner",
    "OpenGL",
    "cupy",
    # Parts of pyarrow for other stores and formats.
    "pyarrow._s3fs",
    "pyarrow.flight",
    "pyarrow._flight",
    "pyarrow.substrait",
    "pyarrow._substrait",
    "pyarrow._gcsfs",
    "pyarrow._azurefs",
    "pyarrow._hdfs",
    "pyarrow.orc",
    "pyarrow._orc",
    "pyarrow.tests",
    "pyarrow._pyarrow_cpp_tests",
    "pyarrow.cuda",
    "pyarrow._cuda",
    "pyarrow.gandiva",
    "sklearn.datasets.data",
    "sklearn.tests",
    "scipy.tests",
)

FILES = (
    "*libarrow_flight.so*",
    "*libarrow_s3.so*",
    "*libarrow_python_flight.so*",
    "*/pyarrow/include/*",
    "*/pyarrow/src/*",
    "*/pyarrow/tests/*",
    "*/tests/data/*",
    "*/sklearn/datasets/data/*",
    "*/sklearn/datasets/images/*",
    "*/sklearn/datasets/descr/*",
    "*/llama_cpp/include/*",
    "*/lib/cmake/*",
    "*/lib/pkgconfig/*",
    "*/PySide6/Qt/qml/*",
    "*/PySide6/Qt/lib/libQt6Qml*",
    "*/PySide6/Qt/lib/libQt6Quick*",
    "*/PySide6/Qt/lib/libQt6VirtualKeyboard*",
    "*/PySide6/Qt/lib/libQt6Pdf*",
    "*/PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboard*",
    "*/PySide6/Qt/plugins/imageformats/libqpdf*",
    # GTK's dialogs need GTK, which a desktop that has it brings; it would drag in half of GNOME.
    "*/PySide6/Qt/plugins/platformthemes/libqgtk3*",
    "/libatk-1*",
    "/libcairo*",
    "/libpango*",
    "/libgdk_pixbuf*",
    "/libfribidi*",
    "/libthai*",
    "/libdatrie*",
    "/libharfbuzz*",
    "/libgraphite2*",
    "/libpixman*",
    # Of the C library of the machine that builds; every desktop has its own, and newer, ones.
    "/libsystemd*",
    "/libselinux*",
    "/libmount*",
    "/libblkid*",
    "/libgcrypt*",
    "/libgpg-error*",
    "*/PySide6/Qt/plugins/sqldrivers/*",
    "*/PySide6/Qt/plugins/egldeviceintegrations/*",
    "*/PySide6/Qt/plugins/platforms/libqeglfs*",
    "*/PySide6/Qt/plugins/platforms/libqlinuxfb*",
    "*/PySide6/Qt/plugins/platforms/libqvnc*",
    "*/PySide6/Qt/plugins/platforms/libqvkkhrdisplay*",
)
"""Files that the libraries bring along and nothing here opens."""

TRANSLATIONS = ("qtbase_ko.qm", "qtbase_en.qm")
"""Qt's own texts are needed in the two languages of the window."""


def wanted(place: str) -> bool:
    """Whether the file at this place in the build is needed."""
    place = "/" + place.replace("\\", "/")
    if "/PySide6/Qt/translations/" in place or "/PySide6/translations/" in place:
        return place.endswith(TRANSLATIONS)
    return not any(fnmatch(place, pattern) for pattern in FILES)
