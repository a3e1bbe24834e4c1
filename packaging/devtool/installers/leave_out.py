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
    # Models from a hub are run by sentence-transformers.
    "huggingface_hub",
    "fsspec",
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
    # Its own commands for PDF files.
    "pypdfium2_cli",
    # Quicker transfers from the hub: bytes are read by notesai itself.
    "hf_xet",
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
    "pyarrow.feather",
    "pyarrow._feather",
    # LanceDB asks whether what it is given is one of these; see pyinstaller/no_datasets.py.
    "pyarrow.dataset",
    "pyarrow._dataset",
    "pyarrow._dataset_orc",
    "pyarrow._dataset_parquet",
    "pyarrow._dataset_parquet_encryption",
    "pyarrow.parquet",
    "pyarrow._parquet",
    "pyarrow._parquet_encryption",
    # Of libraries' makers: turning models into others.
    "onnxruntime.quantization",
    "onnxruntime.tools",
    "onnxruntime.transformers",
    "pydantic.v1",
    "sklearn.datasets.data",
    "sklearn.tests",
    "scipy.tests",
    # Linear programs, which nothing here solves; see pyinstaller/no_programs.py.
    "scipy.optimize._highspy._core",
    "scipy.optimize._highspy._highs_options",
    # Ciphers for what nothing here seals; see pyinstaller/no_sealing.
    "cryptography",
)

UNDOCUMENTED = (
    "asyncio",
    "joblib",
    "lance_namespace_urllib3_client",
    "lancedb",
    "narwhals",
    "numpy",
    "openTSNE",
    "pyarrow",
    "pygments",
    "scipy",
    "sklearn",
)
"""Packages whose modules are frozen without their texts for programmers, which nothing reads.

Those of notesai itself, of its commands and of the protocol for other programs are read as help.
"""

FILES = (
    "*libarrow_flight.so*",
    "*libarrow_s3.so*",
    "*libarrow_python_flight.so*",
    "*/pyarrow/include/*",
    "*/pyarrow/src/*",
    "*/pyarrow/includes/*",
    "*/pyarrow/_dataset*",
    "*/pyarrow/_parquet*",
    "*/pyarrow/_feather*",
    "*/pyarrow/libarrow_python_parquet_encryption*",
    "*.pxd",
    "*.pyx",
    "*.pxi",
    # What translations are compiled from.
    "*/resources/translations/*.ts",
    "*/sklearn/*/src/*",
    "*/numpy/_core/*_tests.*",
    "*/sboms/*",
    # Ratios of whole texts; distances between words are in another module.
    "*/rapidfuzz/fuzz_cpp*",
    # The same distances once more; what has them in wider registers is for comparing many at once.
    "*/rapidfuzz/distance/metrics_cpp_avx2*",
    "*/scipy/optimize/_highspy/_core*",
    "*/scipy/optimize/_highspy/_highs_options*",
    # Pictures in questions; processors of servers, and those of which few were made, which run
    # what was compiled for their next of kin; and older ones than LanceDB runs on.
    "*/llama_cpp/lib/libmtmd*",
    "*/llama_cpp/lib/libllama-common*",
    "*/llama_cpp/lib/libggml-cpu-cannonlake*",
    "*/llama_cpp/lib/libggml-cpu-cascadelake*",
    "*/llama_cpp/lib/libggml-cpu-cooperlake*",
    "*/llama_cpp/lib/libggml-cpu-sapphirerapids*",
    "*/llama_cpp/lib/libggml-cpu-piledriver*",
    "*/llama_cpp/lib/libggml-cpu-sse42*",
    "*/llama_cpp/lib/libggml-cpu-sandybridge*",
    "*/llama_cpp/lib/libggml-cpu-ivybridge*",
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
    # What every desktop has for its own windows, and the package asks for.
    "/libX11*",
    "/libxcb.so*",
    "/libXau*",
    "/libXdmcp*",
    "/libbsd*",
    "/libmd*",
    "/libglib-2*",
    "/libgio-2*",
    "/libgobject-2*",
    "/libgmodule-2*",
    "/libgthread-2*",
    "/libfontconfig*",
    "/libfreetype*",
    "/libpng16*",
    "/libbrotli*",
    "/libdbus-1*",
    "/libgssapi_krb5*",
    "/libkrb5*",
    "/libk5crypto*",
    "/libcom_err*",
    "/libkeyutils*",
    "*/PySide6/Qt/plugins/sqldrivers/*",
    "*/PySide6/Qt/plugins/egldeviceintegrations/*",
    "*/PySide6/Qt/plugins/platforms/libqeglfs*",
    # Of screens without a desktop: the keyboards and mice of those, and what the last one uses.
    "*/PySide6/Qt/plugins/generic/*",
    "*/PySide6/Qt/lib/libQt6Egl[Ff][Ss]*",
    "/libQt6Egl[Ff][Ss]*",
    "*/PySide6/Qt/plugins/platforms/libqminimal*",
    # The window opens no connections; quick search calls it through a socket on this machine.
    "*/PySide6/Qt/plugins/tls/*",
    "*/PySide6/Qt/plugins/networkinformation/*",
    "*/PySide6/Qt/plugins/platforms/libqlinuxfb*",
    "*/PySide6/Qt/plugins/platforms/libqvnc*",
    "*/PySide6/Qt/plugins/platforms/libqvkkhrdisplay*",
)
"""Files that the libraries bring along and nothing here opens.

What these alone need of the system goes with them; see `orphans`.
"""

TRANSLATIONS = ("qtbase_ko.qm", "qtbase_en.qm")
"""Qt's own texts are needed in the two languages of the window."""


def wanted(place: str) -> bool:
    """Whether the file at this place in the build is needed."""
    place = "/" + place.replace("\\", "/")
    if "/PySide6/Qt/translations/" in place or "/PySide6/translations/" in place:
        return place.endswith(TRANSLATIONS)
    return not any(fnmatch(place, pattern) for pattern in FILES)
