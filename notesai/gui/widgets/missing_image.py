"""What stands in the place of a picture that is not there."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter

from notesai.gui.appearance import Appearance
from notesai.gui.theme import Size, Space, font


def missing_image(text: str, widest: int, look: Appearance, ratio: float) -> QImage:
    """A quiet frame in the height of a line with `text`, for a device pixel `ratio`."""
    face = font(Size.SMALL)
    needed = QFontMetrics(face).horizontalAdvance(text) + 2 * Space.M + 2
    width, height = max(1, min(widest, needed)), Size.ROW
    image = QImage(
        round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(look.colour("line"))
    frame = QRectF(0.5, 0.5, width - 1, height - 1)
    painter.drawRoundedRect(frame, Size.RADIUS_SMALL, Size.RADIUS_SMALL)
    painter.setFont(face)
    painter.setPen(look.colour("faint"))
    inside = frame.adjusted(Space.M, 0, -Space.M, 0)
    side = Qt.TextElideMode.ElideMiddle
    shown = QFontMetrics(face).elidedText(text, side, int(inside.width()))
    painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, shown)
    painter.end()
    return image
