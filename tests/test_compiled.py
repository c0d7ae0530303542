"""Content that was checked once is read back as it is, and nothing hangs on what was kept of it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import msals_tui
from msals_tui.content import compiled as compiling
from msals_tui.content import library as reading
from msals_tui.content.compiled import Compiled
from msals_tui.content.library import Library
from msals_tui.errors import ContentFaults, MsalsError
from msals_tui.evidence.model import FindingsFile
from pseudo_terminal import loaded_by_an_intake
from small_library import TRANSLATION, write

ROOT = Path(__file__).resolve().parent.parent
ORIGIN = "0" * 64


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "msals-tui"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write(tmp_path / "content", de=TRANSLATION)


def all_of(library: Library) -> str:
    """Everything that a library says, digit by digit, or why it does not."""
    try:
        evidence, words = library.evidence, library.words("en")
        asked = library.questionnaire("small", "de"), library.questionnaire("small")
    except MsalsError as error:
        return str(error)
    return repr((asked, library.safety, evidence, words))


def again(content: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a library says that may parse and check nothing."""
    with monkeypatch.context() as patched:
        patched.setattr(reading, "content", None)
        patched.setattr("msals_tui.content.shape.shape", None)
        return all_of(Library(content, Compiled(folder)))


def kept(folder: Path) -> Compiled:
    """A folder in which one definition is kept."""
    compiled = Compiled(folder)
    compiled.keep(ORIGIN, FindingsFile(schema_="msals-evidence/1", version="1.0.0", finding=()))
    assert compiled.read(ORIGIN, FindingsFile) is not None
    return compiled


def test_what_was_checked_once_is_neither_parsed_nor_checked_again(
    content: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = all_of(Library(content, Compiled(folder)))

    assert first == all_of(Library(content))
    assert again(content, folder, monkeypatch) == first
    with pytest.raises(TypeError):
        again(write(content, ("safety.toml", "S1", "S2")), folder, monkeypatch)


def test_every_shipped_file_comes_back_as_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def said(library: Library) -> str:
        asked = [library.questionnaire(name) for name in library.questionnaire_files]
        known = library.evidence, library.reference, library.terms, library.classes, library.safety
        return repr((asked, known, library.words_files))

    first = said(Library())
    assert said(Library(compiled=Compiled(folder))) == first
    monkeypatch.setattr("msals_tui.content.shape.shape", None)
    assert said(Library(compiled=Compiled(folder))) == first


def test_a_changed_file_is_read_anew(content: Path, folder: Path) -> None:
    before = all_of(Library(content, Compiled(folder)))
    write(content, ("safety.toml", "S1", "S2"))

    after = all_of(Library(content, Compiled(folder)))

    assert after != before
    assert after == all_of(Library(content))


def test_what_is_faulty_is_as_faulty_the_next_time(content: Path, folder: Path) -> None:
    write(content, ("small.toml", 'item = "pain", is = "yes"', 'item = "side", is = "one"'))
    said = all_of(Library(content))
    assert "LOOKS_AT_ITSELF" in said

    assert all_of(Library(content, Compiled(folder))) == said
    assert all_of(Library(content, Compiled(folder))) == said
    write(content, ("small.toml", 'type = "yes_no"', 'type = "no"'))
    for _ in range(2):
        with pytest.raises(ContentFaults):
            Library(content, Compiled(folder)).questionnaire("small")


def test_what_would_come_back_otherwise_is_not_kept(content: Path, folder: Path) -> None:
    library = Library(
        write(content, number='schema = "msals-words/1"\nlanguage = "xx"\nname = "X"\n[words]\nx = 1.5\n')
    )

    assert repr(library.words("xx")) == repr(Library(content, Compiled(folder)).words("xx"))
    assert repr(library.words("xx")) == repr(Library(content, Compiled(folder)).words("xx"))


def test_a_byte_that_changed_is_found_wherever_it_stands(folder: Path) -> None:
    compiled = kept(folder)
    [path] = folder.iterdir()
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert compiled.read(ORIGIN, FindingsFile) is None
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        assert compiled.read(ORIGIN, FindingsFile) is None
    path.write_bytes(whole + b"\n")
    assert compiled.read(ORIGIN, FindingsFile) is None
    path.write_bytes(whole)
    assert compiled.read(ORIGIN, FindingsFile) is not None


def test_damaged_files_change_nothing_and_are_replaced(
    content: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = all_of(Library(content, Compiled(folder)))
    for place in (0, 40, -1):
        for path in folder.iterdir():
            data = bytearray(path.read_bytes())
            data[place] ^= 0x80
            path.write_bytes(data)
        assert all_of(Library(content, Compiled(folder))) == said
        assert again(content, folder, monkeypatch) == said


def test_a_file_under_the_name_of_another_is_found(content: Path, folder: Path) -> None:
    said = all_of(Library(content, Compiled(folder)))
    paths = sorted(folder.iterdir())
    data = [path.read_bytes() for path in paths]
    for path, other in zip(paths, [*data[1:], data[0]], strict=True):
        path.write_bytes(other)

    assert all_of(Library(content, Compiled(folder))) == said


def test_what_another_version_of_the_program_kept_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(folder)
    monkeypatch.setattr(msals_tui, "__version__", "0.0.0")

    assert Compiled(folder).read(ORIGIN, FindingsFile) is None


def _edited(package: Path) -> None:
    with (package / "safety" / "checks.py").open("a") as file:
        file.write("# a line more\n")


def _moved_to_a_new_room(package: Path) -> None:
    (package / "rules").mkdir()
    (package / "safety" / "checks.py").rename(package / "rules" / "checks.py")


def _edited_deep_in_a_new_room(package: Path) -> None:
    _moved_to_a_new_room(package)
    (package / "rules").rename(package / "evidence" / "rules")
    kept(package.parent / "cache" / "msals-tui")
    with (package / "evidence" / "rules" / "checks.py").open("a") as file:
        file.write("# a line more\n")


def _taken_away(package: Path) -> None:
    (package / "errors.py").unlink()


@pytest.mark.parametrize("change", [_edited, _moved_to_a_new_room, _edited_deep_in_a_new_room, _taken_away])
def test_whatever_changes_in_the_program_makes_another_version_of_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    package = tmp_path / "msals_tui"
    shutil.copytree(msals_tui.__path__[0], package)
    monkeypatch.setattr(msals_tui, "__path__", [str(package)])
    kept(folder)
    assert Compiled(folder).read(ORIGIN, FindingsFile) is not None

    change(package)

    assert Compiled(folder).read(ORIGIN, FindingsFile) is None


def test_nothing_that_checks_content_is_a_screen() -> None:
    """A change of a screen need not make another version, and does not."""
    program = "import sys; from msals_tui.content import checks; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    assert "msals_tui.content.checks" in loaded.split()
    assert not [name for name in loaded.split() if name.startswith("msals_tui.ui")]


def _linked(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _readable(path: Path) -> None:
    path.parent.chmod(0o755)


def _endless(path: Path) -> None:
    os.truncate(path, 65 << 20)


@pytest.mark.parametrize("spoil", [_linked, _folder, _pipe, _readable, _endless])
def test_what_is_no_file_of_ours_is_passed_over(folder: Path, spoil: Callable[[Path], None]) -> None:
    compiled = kept(folder)
    [path] = folder.iterdir()
    spoil(path)

    assert compiled.read(ORIGIN, FindingsFile) is None


def test_a_link_in_place_of_the_folder_is_not_followed(folder: Path) -> None:
    compiled = kept(folder)
    folder.rename(folder.with_name("elsewhere"))
    folder.symlink_to("elsewhere")

    assert compiled.read(ORIGIN, FindingsFile) is None


@pytest.mark.parametrize("place", [Path(os.devnull) / "x", Path("/proc/nowhere/x"), None])
def test_where_nothing_can_be_kept_content_is_read_as_ever(content: Path, place: Path | None) -> None:
    for _ in range(2):
        assert all_of(Library(content, Compiled(place))) == all_of(Library(content))


def test_a_full_disk_is_no_fault(content: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(compiling, "write_all", full)

    assert all_of(Library(content, Compiled(folder))) == all_of(Library(content))
    assert list(folder.iterdir()) == []


def test_only_the_owner_may_read_what_is_kept(folder: Path) -> None:
    before = os.umask(0)
    try:
        kept(folder)
    finally:
        os.umask(before)
    assert [path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())] == [0o700, 0o600]


def test_only_the_newest_are_kept_and_nothing_of_others_is_touched(folder: Path) -> None:
    compiled = kept(folder)
    os.utime(next(folder.iterdir()), (0, 0))
    (folder / "other").write_text("somebody else's")
    one = FindingsFile(schema_="msals-evidence/1", version="1.0.0", finding=())
    for number in range(70):
        compiled.keep(str(number), one)
        [path] = [path for path in folder.glob("*.compiled") if path.stat().st_mtime > 10**9]
        os.utime(path, (number, number))

    read = [number for number in range(70) if compiled.read(str(number), FindingsFile) is not None]

    assert read == list(range(6, 70))
    assert (folder / "other").exists()


def test_check_neither_reads_nor_keeps_anything(tmp_path: Path, content: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "msals_tui", "check", str(content / "small.toml")],
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True, text=True, timeout=60, check=False, cwd=ROOT,
    )  # fmt: skip
    assert result.returncode in (0, 1)
    assert not (tmp_path / "cache").exists()


def test_the_second_intake_starts_without_pydantic_and_without_parsing_toml(tmp_path: Path) -> None:
    heavy = {"pydantic", "pydantic_core", "tomli", "msals_tui.questionnaire.checks"}
    loaded = [heavy & loaded_by_an_intake(tmp_path) for _ in range(2)]
    assert loaded == [heavy, set()]
