"""However much is answered, memory does not fill up."""

import gc

from at_screen import seated

ASKED = """
[[item]]
id = "weakness"
type = "yes_no"
[[item]]
id = "after"
type = "yes_no"
"""


async def test_many_answers_leave_hardly_more_behind_than_a_few() -> None:
    async with seated(ASKED) as seat:

        async def answered(times: int) -> int:
            for _ in range(times):
                await seat.press("1", "enter", "escape", "2", "enter", "escape")
            gc.collect()
            return len(gc.get_objects())

        few = await answered(10)
        more = await answered(40)
        assert more - few < 40 * 20, "objects an answer that stay"
