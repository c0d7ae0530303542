"""What is no case file is named for what it is; gzip is unpacked within bounds; whatever a folder holds besides is said."""

import bz2
import gzip
import json
import lzma
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msals_tui.cli import main
from msals_tui.content.case_files import AnswersFile, case_name, read_case
from msals_tui.content.formats import refuse_others, unpacked
from msals_tui.disk.reading import RECORD
from msals_tui.errors import InputFault
from msals_tui.session.compare_case import compare_file
from msals_tui.text import for_screen
from sittings import shipped

PACKET = {
    "id": "packed",
    "phenotypicFeatures": [{"type": {"id": "HP:0000651"}}],
    "metaData": {"phenopacketSchemaVersion": "2.0"},
}
TEXT = json.dumps(PACKET).encode()
ANSWERS = b'schema = "msals-answers/1"\nquestionnaire = "ms_als_intake"\n[answers]\nage_at_onset = 31\n'

# The same packet as `protoc` would encode it: id, a feature with a type, and the schema's version.
BINARY = b"\n\x06packed\x1a\x0e\x12\x0c\n\nHP:0000651\x5a\x05\x3a\x032.0"


def zipped() -> bytes:
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("case.json", TEXT)
    return whole.getvalue()


def refused(data: bytes, folder: Path, name: str = "case.json") -> str:
    (folder / name).write_bytes(data)
    with pytest.raises(InputFault) as caught:
        read_case(str(folder / name))
    sentence = str(caught.value).removeprefix(f"{folder}/")
    assert for_screen(sentence) == sentence
    return sentence


NAMED = [
    (zipped(), "this is a zip archive"),
    (lzma.compress(TEXT), "this is xz; unpack it first"),
    (bz2.compress(TEXT), "this is bzip2"),
    (b"\x28\xb5\x2f\xfd\x04\x00", "this is zstd"),
    (TEXT.decode().encode("utf-16"), "this is UTF-16 text; save it as UTF-8"),
    (TEXT.decode().encode("utf-16-le"), "this is UTF-16 text"),
    (TEXT.decode().encode("utf-16-be"), "this is UTF-16 text"),
    (TEXT.decode().encode("utf-32"), "this is UTF-32 text"),
    (BINARY, "this is protobuf, the binary form of a phenopacket; save it as JSON"),
    (bytes([len(BINARY)]) + BINARY, "this is protobuf, the binary form"),
    (b'id: "packed"\nphenotypic_features {\n  type {\n    id: "HP:0000651"\n  }\n}\n', "this is protobuf in its text form"),
    (b"id: packed\nphenotypicFeatures:\n  - type:\n      id: HP:0000651\n", "this is YAML; save it as JSON"),
    (b"# a case\n---\nid: packed\n", "this is YAML"),
    (b'"id": packed\n', "this is YAML"),
    (b"- type:\n    id: HP:0000651\n", "this is YAML"),
    (b"%YAML 1.2\n---\nid: x\n", "this is YAML"),
    (b'<?xml version="1.0"?><Patient/>', "this is XML or HTML"),
    (b"id,term,excluded\n1,HP:0000651,false\n", "this is a table of columns"),
    (b"id\tterm\n1\tHP:0000651\n", "this is a table of columns"),
    (b"%PDF-1.7\n", "this is PDF"),
    (b"{\\rtf1\\ansi}", "this is a document in rich text"),
    (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "this is a Git LFS pointer"),
    (b"\x00" * 300, "this is no text"),
    (b"\0" * 257 + b"ustar\x0000" + b"\0" * 300, "this is a tar archive"),
    (gzip.compress(gzip.compress(TEXT)), "this is gzip inside gzip"),
    (gzip.compress(TEXT)[:-9], "this is gzip that ends too early"),
    (gzip.compress(TEXT)[:12] + b"x" * 40, "this is gzip, and damaged"),
    (gzip.compress(TEXT) + b"more", "this is gzip with something else behind it"),
    (gzip.compress(zipped()), "this is a zip archive"),
    (gzip.compress(b"0" * (RECORD.size + 1)), "is larger than 4096 kB"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "sentence"), NAMED, ids=[sentence for _, sentence in NAMED])
def test_a_file_of_another_format_is_named_for_what_it_is(data: bytes, sentence: str, tmp_path: Path) -> None:
    said = refused(data, tmp_path)
    assert said.startswith(f"case.json: {sentence}")


@pytest.mark.parametrize("name", ["case.json", "case.toml", "case.pb", "CASE.YAML"])
def test_the_ending_does_not_decide_what_a_file_is(name: str, tmp_path: Path) -> None:
    assert "this is YAML" in refused(b"id: x\n", tmp_path, name)


@pytest.mark.parametrize("parts", [1, 3])
def test_gzip_is_read_as_what_it_holds(parts: int, tmp_path: Path) -> None:
    pieces = [TEXT[at::parts] for at in range(1)] if parts == 1 else [TEXT[:10], TEXT[10:20], TEXT[20:]]
    path = tmp_path / "case.json.gz"
    path.write_bytes(b"".join(gzip.compress(one) for one in pieces))
    compared = compare_file(str(path), shipped())
    assert (compared.id, "double_vision" in compared.asked) == ("packed", True)


def test_answers_in_gzip_are_read_too(tmp_path: Path) -> None:
    path = tmp_path / "case"
    path.write_bytes(gzip.compress(ANSWERS))
    assert isinstance(read_case(str(path))[1], AnswersFile)


def test_thousands_of_empty_gzips_in_one_file_are_refused_and_not_walked_through(tmp_path: Path) -> None:
    assert "this is gzip with something else behind it" in refused(gzip.compress(b"") * 5000, tmp_path)


PLAIN = [
    ANSWERS,
    TEXT,
    b"\xef\xbb\xbf" + TEXT,
    b"[[a]]\nb = 1\n",
    b'# id: x\n\na.b = "c: d, e"\n',
    b'"a: b" = 1\n',
    b"",
    b"\n",
]


@pytest.mark.parametrize("data", PLAIN)
def test_json_and_toml_are_no_other_format(data: bytes) -> None:
    assert unpacked(data, "case", RECORD) == data
    refuse_others(data, "case")


@given(st.binary(max_size=300) | st.text(alphabet="a:={[\n\t ,-", max_size=30).map(str.encode))
def test_any_bytes_are_left_alone_or_named_in_one_sentence(data: bytes) -> None:
    sentence = ""
    try:
        refuse_others(unpacked(data, "case", RECORD), "case")
    except InputFault as fault:
        sentence = str(fault)
    assert sentence == "" or sentence.startswith("case: this is ")
    assert "\n" not in sentence


# -------------------- Folders


def test_upper_case_endings_and_gzip_in_a_folder_are_read_and_the_rest_is_counted_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("CASE.JSON", "b.Json", "old.JSON.GZ", "c.toml"):
        data = ANSWERS if name.endswith("toml") else TEXT
        (tmp_path / name).write_bytes(gzip.compress(data) if name.lower().endswith("gz") else data)
    for name in ("a.yaml", "b.YAML", "c.pb", "README", ".hidden.json", "labels.toml"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "more").mkdir()

    status = main(["compare", "--json", str(tmp_path)])
    out, said = capsys.readouterr()

    files = [Path(json.loads(line)["file"]).name for line in out.splitlines()]
    assert (status, files) == (0, ["CASE.JSON", "b.Json", "c.toml", "old.JSON.GZ"])
    kinds = "no ending 1, hidden 1, .pb 1, .yaml 2, folders 1"
    assert said == f"{tmp_path}: passed over what is no case (6): {kinds}.\n"


def test_evaluate_says_what_it_passed_over_and_finds_cases_whatever_the_size_of_their_ending(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one.JSON").write_bytes(TEXT)
    (tmp_path / "two.json.gz").write_bytes(gzip.compress(TEXT))
    (tmp_path / "notes.txt").write_bytes(b"x")
    (tmp_path / "labels.toml").write_text('[case.one]\nlabel = "MS"\n[case.two]\nlabel = "MS"\n', encoding="utf-8")

    assert main(["evaluate", "--json", str(tmp_path)]) == 0
    out, said = capsys.readouterr()

    assert json.loads(out)["cases"] == 2
    assert "passed over what is no case (1): .txt 1." in said


@pytest.mark.parametrize("name", ["a.b.json", "a.b.JSON", "a.b.json.gz", "a.b.toml", "a.b.Toml.GZ"])
def test_a_case_is_called_as_its_file_without_the_ending(name: str) -> None:
    assert case_name(name) == "a.b"
