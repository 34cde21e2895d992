import { expect, test } from "vitest";
import { after, changedFrom, wrong } from "./differences.mjs";

const passed = (...ids: string[]): Map<string, string> => new Map(ids.map((id) => [id, "passed"]));
const many = passed(...Array.from({ length: 12 }, (_, at) => `tests/test_b.py::test_x[${String(at)}]`));
const before = new Map([...passed("tests/test_a.py::test_one", "tests/test_a.py::test_two"), ...many]);

test("what changed is told by whole files, by a few ids, and by numbers where there are many", () => {
  const now = new Map(before);
  now.set("tests/test_a.py::test_one", "failed").set("tests/test_a.py::test_two", "failed");
  for (const id of [...many.keys()].sort().slice(1, 9)) now.delete(id);
  now.set("tests/test_c.py", "error");
  const changed = changedFrom(before, now);
  expect(changed).toEqual({
    absent: ["tests/test_b.py::#1-8"],
    error: ["tests/test_c.py"],
    failed: ["tests/test_a.py::*"],
  });
  expect(after(before, changed)).toEqual(now);
});

test("a test that is told and is not there, and one that is there and not told, are both wrong", () => {
  expect(wrong(passed("a::x", "a::y"), new Map([...passed("a::x", "a::z")]))).toEqual([
    { id: "a::y", is: "absent", should: "passed" },
    { id: "a::z", is: "passed", should: "absent" },
  ]);
});
