import fc from "fast-check";
import { parse, stringify } from "smol-toml";
import { expect, test } from "vitest";
import { joinSettings } from "./join-settings.ts";

const RUFF = ["[tool.ruff]"];

function toml(head: string, base: string, parts: readonly string[] = RUFF): string | undefined {
  return joinSettings("lib/pyproject.toml", { head, base }, parts);
}

test("the sections of the tool are the base's, where the change's stood; all else is the change's, comments too", () => {
  const head = `# ours
[project]
name = "new" # renamed

# lint
[tool.ruff]
select = []
[tool.ruff.lint.per-file-ignores]
"*" = ["ALL"]
[tool.mypy]
strict = false
`;
  const base = `[project]
name = "old"
[tool.ruff]
select = ["F"] # all of them
[tool.mypy]
strict = true
[[tool.ruff.x]]
a = 1
`;
  expect(toml(head, base)).toBe(`# ours
[project]
name = "new" # renamed
[tool.ruff]
select = ["F"] # all of them
[[tool.ruff.x]]
a = 1
[tool.mypy]
strict = false
`);
});

const NASTY: readonly (readonly [what: string, head: string, base: string])[] = [
  ["a section that is new", '[tool.ruff]\nselect = []\n[project]\nname = "x"', '[project]\nname = "y"\n'],
  ["a section that is gone", "a = 1 # no line end", "[tool.ruff]\nselect = ['F']"],
  [
    "strings that look like headers",
    'a = """\n[tool.ruff]\nb = 1\n"""\n[tool.ruff]\nx = 1\n',
    "[tool.ruff]\nx = '''\n[project]\n'''\n",
  ],
  [
    "strings that end in quotes",
    'a = """x"""""\nb = "\\"[tool.ruff]"\n[tool.ruff]\nx = 1\n',
    "c = ''''x'''''\n[tool.ruff]\ny = 2\n",
  ],
  [
    "lists over lines, with comments",
    "a = [ # [tool.ruff]\n  [1], # ]\n  [2],\n]\n[tool.ruff]\nx = [\n1,\n]\n",
    "[tool.ruff]\nx = [\n# [x]\n2]\n",
  ],
  [
    "dotted keys at the top",
    "tool.ruff.a = 1\nb = 2\n[c]\nd = 1\n",
    "tool.ruff.a = 2\ntool.ruff.e.f = 3\n[c]\nd = 2\n",
  ],
  [
    "dotted keys under [tool]",
    "[tool]\nruff.a = 1\nmypy.b = 2\n[z]\n",
    "[tool]\nruff.a = 2\nruff.c.d = 3\nmypy.b = 3\n",
  ],
  ["an inline table under [tool]", "[tool]\nruff = { a = 1, b = [2] }\nx = 1\n", "[tool]\nruff = { a = 2 }\n"],
  ["[tool] only at the base", "[z]\n", "[tool]\nruff = { a = 2 }\n"],
  ["quoted and spaced names", "[ tool . 'ruff' ]\na = 1\n[ \"tool\".mypy ]\nb = 1\n", '["tool"."ruff".lint]\na = 2\n'],
  [
    "lines that end in CRLF",
    "[tool.ruff]\r\na = 1\r\n# c\r\n[z]\r\nb = 2\r\n",
    "[tool.ruff]\r\na = 2\r\n[z]\r\nb = 3\r\n",
  ],
  [
    "lists of tables",
    "[[tool.x]]\na = 1\n[[tool.ruff.o]]\na = 1\n[[tool.ruff.o]]\na = 2\n[[tool.x]]\na = 2\n",
    "[[tool.ruff.o]]\na = 3\n",
  ],
  ["dates", "[tool.ruff]\na = 2020-01-01\n[z]\nb = 2020-01-01T00:00:00Z\n", "[tool.ruff]\na = 2020-01-02\n"],
  ["nothing but the tool", "[tool.ruff]\na = 1\n", ""],
  [
    "an outer table after an inner one",
    "[tool.ruff.lint]\na = 1\n[tool.ruff]\nb = 1\n",
    "[tool.ruff.lint]\na = 2\n[tool.ruff]\nb = 2\n",
  ],
];

/** What is wanted, said again and in another way than the code does. */
function wanted(head: string, base: string, tool: string): unknown {
  const [mine, theirs] = [parse(head), parse(base)] as Record<string, Record<string, unknown>>[];
  const tools = Object.fromEntries(Object.entries(mine?.["tool"] ?? {}).filter(([name]) => name !== tool));
  const own = theirs?.["tool"]?.[tool];
  const all = own === undefined ? tools : { ...tools, [tool]: own };
  const others = Object.fromEntries(Object.entries(mine ?? {}).filter(([name]) => name !== "tool"));
  return Object.keys(all).length === 0 ? others : { ...others, tool: all };
}

test.each(NASTY)("%s", (_what, head, base) => {
  const text = toml(head, base);
  expect(text).toBeDefined();
  const said = parse(text ?? "");
  expect(
    said["tool"] !== undefined && Object.keys(said["tool"]).length === 0 ? { ...said, tool: undefined } : said,
  ).toEqual(wanted(head, base, "ruff"));
});

test.each([
  ["a tool table in one line", "tool = { ruff = { a = 1 }, b = 1 }\n", "[tool.ruff]\na = 2\n"],
  ["a tool that is no table", "tool = 1\n", "[tool.ruff]\na = 2\n"],
  ["what is no TOML", "[tool.ruff\n", "[tool.ruff]\n"],
  ["a base that is no TOML", "[tool.ruff]\n", "a = \n"],
])("%s is not joined", (_what, head, base) => {
  expect(toml(head, base)).toBeUndefined();
});

test("whatever two manifests say, the joined one says of the tool what the base says and of the rest what the change says", () => {
  const name = fc.constantFrom("ruff", "mypy", "a", "b c", "tool", "[x]", "#");
  const leaf = fc.oneof(
    fc.integer({ min: -9, max: 9 }),
    fc.boolean(),
    fc.constantFrom("", "[tool.ruff]\n", '"""', "'", "# x", "\\"),
    fc.array(fc.constantFrom("[", "]", '"'), { maxLength: 3 }),
  );
  const { table } = fc.letrec<{ table: Record<string, unknown>; value: unknown }>((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, leaf, tie("table"), fc.array(tie("table"), { minLength: 1, maxLength: 2 })),
    table: fc.dictionary(name, tie("value"), { maxKeys: 4 }),
  }));
  const manifest = fc.tuple(table, table).map(([all, tool]) => stringify({ ...all, tool }));
  fc.assert(
    fc.property(manifest, manifest, fc.constantFrom("ruff", "mypy"), (head, base, tool) => {
      const text = toml(head, base, [`[tool.${tool}]`]);
      if (text === undefined) throw new Error("it was not joined");
      const said = parse(text);
      if (said["tool"] !== undefined && Object.keys(said["tool"]).length === 0) delete said["tool"];
      expect(said).toEqual(wanted(head, base, tool));
    }),
    { numRuns: 300 },
  );
});

function ini(head: string, base: string, parts: readonly string[] = ["[mypy]", "[mypy-x.*]"]): string | undefined {
  return joinSettings("setup.cfg", { head, base }, parts);
}

test("sections of an INI file are the base's where the change's stood", () => {
  const head = "# top\n[metadata]\nname = new\n[mypy]\nignore_errors = true\n[flake8]\nx = 1\n[mypy-x.*]\ny = 1";
  const base = "[metadata]\nname = old\n[mypy]\nstrict = true\n";
  expect(ini(head, base)).toBe("# top\n[metadata]\nname = new\n[mypy]\nstrict = true\n[flake8]\nx = 1\n");
  expect(ini("[metadata]\nname = x", base)).toBe("[metadata]\nname = x\n[mypy]\nstrict = true\n");
  expect(ini("[mypy]\nstrict = no\n", "")).toBe("");
});

test.each([
  ["twice", "[a]\n[a]\n"],
  ["indented", "[a]\n [mypy]\n"],
  ["behind another kind of line end", "[a]\nx = 1\r[mypy]\n"],
  ["behind a sign that ends lines for some", "[a]\nx = 1\u2028[mypy]\n"],
])("a section that stands there %s is not joined", (_what, head) => {
  expect(ini(head, "[mypy]\n")).toBeUndefined();
});

test("keys of a package.json are the base's; its layout is the change's", () => {
  const json = (head: string, base: string): string | undefined =>
    joinSettings("package.json", { head, base }, ["eslintConfig", "prettier"]);
  const head = '{\n  "name": "new",\n  "prettier": { "semi": false },\n  "files": ["a"]\n}\n';
  expect(json(head, '{ "name": "old", "prettier": { "semi": true }, "eslintConfig": {} }')).toBe(
    '{\n  "name": "new",\n  "prettier": { "semi": true },\n  "eslintConfig": {},\n  "files": ["a"]\n}\n',
  );
  expect(json(head, "{}")).toBe('{\n  "name": "new",\n  "files": ["a"]\n}\n');
  expect(json("{}", '{ "prettier": "x" }')).toBe('{\n  "prettier": "x"\n}');
  expect(json("[]", "{}")).toBeUndefined();
  expect(json('{ "name": ', "{}")).toBeUndefined();
});
