import { expect, test } from "vitest";
import { planOf, viewOf } from "../../../test/support/plans.ts";
import { findNames } from "./found-names.ts";

const FILES = {
  "src/rows.py": "class RowReader:\n    def read_row(self): ...\n",
  "src/export.py": "from rows import RowReader\nRowReader().read_row()\nLIMIT_X = 3\n",
  "src/user.ts": "export const userOf = (id: string) => id;\n",
  "src/app.py": '@app.get("/api/users/{id}")\n',
  "README.md": "RowReader and more_names\n",
};

test("a name is where it is defined; where nothing defines it, where it stands; and nowhere but in code", () => {
  const names = new Set(["RowReader", "LIMIT_X", "userOf", "more_names", "read_row"]);
  const found = findNames(viewOf(FILES), { names, endpoints: new Set(["/api/users/*", "/api/orders"]) });
  expect([...names].map((name) => [name, found.of("name", name)])).toEqual([
    ["RowReader", ["src/rows.py"]],
    ["LIMIT_X", ["src/export.py"]],
    ["userOf", ["src/user.ts"]],
    ["more_names", []],
    ["read_row", ["src/rows.py"]],
  ]);
  expect(found.of("endpoint", "/api/users/*")).toEqual(["src/app.py"]);
  expect(found.of("endpoint", "/api/orders")).toEqual([]);
});

test("a name that stands in many files ties no issue to them, and two issues still share it", () => {
  const files = Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`src/f${String(at)}.py`, "log_it()\n"]));
  const plan = planOf({ A: { body: "Mend `log_it`." }, B: { body: "Drop `log_it`." } }, { files });
  expect(plan.conflicts.map(({ risk, evidence }) => [risk, evidence().map(({ kind }) => kind)])).toEqual([
    [0.25, ["api"]],
  ]);
});
