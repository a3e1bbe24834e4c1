import pytest
from PySide6.QtGui import QStandardItemModel
from pytestqt.qtbot import QtBot

from notesai.gui.theme import Size
from notesai.gui.widgets.table import Table


@pytest.mark.parametrize(
    ("width", "widths"),
    [(900, [524, 88, 88, 200]), (460, [160, 88, 88, 124]), (380, [160, 76, 80, 64])],
)
def test_wide_columns_give_way_to_the_one_that_is_read(
    qtbot: QtBot, width: int, widths: list[int]
) -> None:
    table = Table()
    qtbot.addWidget(table)
    table.setModel(QStandardItemModel(1, 4, table))
    table.share_width(0, (0, 88, 88, 200))
    for size in (300, width):
        table.resize(size, 200)
        table.show()
    header = table.horizontalHeader()
    found = [header.sectionSize(at) for at in range(4)]
    assert sum(found) == table.viewport().width()
    assert found[0] >= Size.COLUMN_REST
    assert found[3] == widths[3]
