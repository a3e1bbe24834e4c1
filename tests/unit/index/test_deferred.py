import subprocess
import sys


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_opening_an_index_loads_no_cloud_client():
    code = (
        "import sys, notesai.index.store\n"
        "print([m for m in sys.modules if m.startswith('lance_namespace_urllib3_client.api.')])"
    )
    assert run(code) == "[]"


def test_a_deferred_package_still_gives_all_it_has():
    code = (
        "from notesai.index.deferred import defer\n"
        "defer('lance_namespace_urllib3_client')\n"
        "import lancedb, lance_namespace_urllib3_client as client\n"
        "print(client.ApiClient.__name__, client.__version__ != '')\n"
        "from lance_namespace_urllib3_client.models import CreateTableRequest\n"
        "print(CreateTableRequest.__name__)"
    )
    assert run(code).split() == ["ApiClient", "True", "CreateTableRequest"]


def test_an_unknown_package_is_left_alone():
    assert (
        run("from notesai.index.deferred import defer; defer('no_such_package'); print(1)") == "1"
    )
