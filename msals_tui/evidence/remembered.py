"""What an iterator gives, each made when it is first wanted, and kept for whoever asks again."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """Goes through the same again and again, and never makes any of it twice."""

    def __init__(self, rest: Iterator[T]) -> None:
        self._made: list[T] = []
        self._rest = rest

    def __iter__(self) -> Iterator[T]:
        place = 0
        while True:
            while place < len(self._made):
                yield self._made[place]
                place += 1
            try:
                self._made.append(next(self._rest))
            except StopIteration:
                return
