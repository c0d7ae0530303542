"""Pictures of the screens for people who read about the program: `msals-tui screenshots`.

The real application runs without a terminal, at a fixed size, time and id; a *story* (an answers file) is walked up to a
question, a few real keys are pressed, and what stands on the screen is written as SVG. The same program and content give
the same bytes. PNG copies are made where the extra `pictures` is installed; they may differ between machines and fonts.
"""

from pathlib import Path

from msals_tui.content.folders import make_folder
from msals_tui.content.library import Library
from msals_tui.errors import Filled, MachineFault
from msals_tui.ui.screenshots.camera import photograph
from msals_tui.ui.screenshots.png import png_of
from msals_tui.ui.screenshots.scenes import SCENES


def make_screenshots(folder: Path) -> tuple[Path, ...]:
    """Draws every scene into a folder, over older pictures of the same name; returns the files, SVG before PNG.

    Without a renderer only SVG are made. Raises MachineFault if the folder cannot be written.
    """
    library = Library()
    written: list[Path] = []
    try:
        make_folder(folder)
        for scene in SCENES:
            drawing = photograph(scene, library)
            path = folder / f"{scene.name}.svg"
            path.write_text(drawing, encoding="utf-8", newline="\n")
            written.append(path)
            if (image := png_of(drawing)) is not None:
                copy = path.with_suffix(".png")
                copy.write_bytes(image)
                written.append(copy)
    except OSError as error:
        raise MachineFault(
            Filled("pictures cannot be written: {strerror}", strerror=error.strerror), where=str(folder)
        ) from None
    return tuple(written)
