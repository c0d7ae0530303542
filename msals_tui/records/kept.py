"""What stands on the disk of one intake, as it was read."""

from typing import Literal, TypeAlias

from msgspec import Struct

from msals_tui.records.journal import Body, Journal

State: TypeAlias = Literal["draft", "final", "moved", "damaged"]


class Final(Struct, frozen=True):
    """A summary that was written for good."""

    number: int
    sha256: str
    sealed: bool

    @property
    def name(self) -> str:
        """That of its file."""
        return f"final-{self.number}.toml" + (".age" if self.sealed else "")


class Kept(Struct, frozen=True):
    """What stands on the disk of one intake."""

    id: str
    journal: Journal
    finals: tuple[Final, ...] = ()
    """Those that are there as they were written, the first first."""
    faults: tuple[str, ...] = ()
    """What does not verify, a sentence each."""

    @property
    def state(self) -> State:
        """A draft can be gone on with; a final can be amended; what was moved goes on in another record."""
        last = self.journal.lines[-1].body if self.journal.lines else {}
        if self.faults:
            return "damaged"
        if last.get("do") == "moved":
            return "moved"
        return "final" if announced_by(last) in self.finals else "draft"


def announced_by(body: Body) -> Final | None:
    """The final that an entry announces, None if it announces none."""
    match body:
        case {"do": "final", "number": int(number), "sha256": str(digest), "sealed": bool(sealed)} if number > 0:
            return Final(number, digest, sealed)
    return None
