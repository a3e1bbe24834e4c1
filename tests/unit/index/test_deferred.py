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


def test_classes_of_a_package_are_loaded_one_by_one_as_they_are_called():
    code = (
        "import sys, tempfile, notesai.index.lance, lancedb\n"
        "models = 'lance_namespace_urllib3_client.models'\n"
        "loaded = lambda: sum(name.startswith(models + '.') for name in sys.modules)\n"
        "before = loaded()\n"
        "index = lancedb.connect(tempfile.mkdtemp())\n"
        "index.create_table('notes', [{'a': 1}])\n"
        "print(before < 30, *index.list_tables(limit=9).tables, loaded() - before)"
    )
    assert run(code).split() == ["True", "notes", "1"]


def test_a_package_that_is_run_after_all_has_its_classes():
    code = (
        "import notesai.index.lance, lance_namespace_urllib3_client as client\n"
        "from lance_namespace_urllib3_client.models import TableVersion\n"
        "print(isinstance(TableVersion, type), end=' ')\n"
        "print(client.ApiClient.__name__, isinstance(client.TableVersion, type))"
    )
    assert run(code).split() == ["False", "ApiClient", "True"]


def test_a_class_that_stands_in_gives_what_its_own_has():
    code = (
        "import notesai.index.lance\n"
        "from lance_namespace_urllib3_client.models import ListTablesResponse as later\n"
        "print(later.from_dict({'tables': ['a']}).tables[0], hasattr(later, '__fspath__'))"
    )
    assert run(code).split() == ["a", "False"]


def test_an_unknown_package_is_left_alone():
    assert (
        run("from notesai.index.deferred import defer; defer('no_such_package'); print(1)") == "1"
    )
