import fc from "fast-check";
import { expect, test } from "vitest";
import { discovery } from "./discover.ts";
import { options } from "./options.ts";

const NAMES = ["a", "foo-core", "Foo.Core", "x[y]", "", "{{z}}"];
const FILES = ["pyproject.toml", "setup.cfg", "setup.py", "Pipfile", "requirements.txt", "requirements/dev.in"];
const FOLDERS = ["", "a/", "a/b/", "tests/", "tests/fixtures/x/"];

/** Pieces of manifests, most of them real, in any order: what fuzzing with bytes alone would never reach. */
const PIECES = [
  "[project]",
  "[tool.poetry.dependencies]",
  "[tool.uv.workspace]",
  "[tool.uv.sources]",
  "[build-system]",
  "[options]",
  "[metadata]",
  "name = ",
  "name: ",
  "install_requires =",
  "members = [",
  "dependencies = [",
  "a = { path = '..' }",
  "x @ file:///${PROJECT_ROOT}/../%zz",
  "-e ../../..",
  "-r requirements.txt",
  "setup(",
  "extras_require={",
  '"""',
  "'''",
  "\\",
  "]",
  "}",
  ")",
  "=",
  "__proto__ = 1",
  "constructor.x = 2",
  "[!",
  "**",
];

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(...PIECES, ...NAMES),
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.constantFrom("\n", "  ", '"'),
    ),
    {
      maxLength: 25,
    },
  )
  .map((parts) => parts.join(""));
const path = fc.tuple(fc.constantFrom(...FOLDERS), fc.constantFrom(...FILES)).map((parts) => parts.join(""));
const files = fc.uniqueArray(fc.record({ path, text }), { selector: (file) => file.path, maxLength: 6 });
const exclude = fc.array(
  fc.string({
    unit: fc.constantFrom("*", "?", "[", "]", "{", "}", "!", "/", "a", ",", "-", "^", "\\"),
    minLength: 1,
    maxLength: 8,
  }),
  {
    maxLength: 3,
  },
);

test("discovery never throws, and says of whatever it finds where it is", () => {
  fc.assert(
    fc.property(files, exclude, (given, globs) => {
      const paths = [...given.map((file) => file.path), "a/x.py", "b/y.py"];
      const result = discovery.projects({ files: given, paths, options: options.parse({ exclude: globs }) });
      if (!result.ok) {
        for (const { location } of result.error) expect(given.map((file) => file.path)).toContain(location?.file);
        return;
      }
      const roots = result.value.map(({ root }) => root);
      expect(new Set(roots).size).toBe(roots.length);
      for (const { name, root, dependsOn } of result.value) {
        expect(name).not.toBe("");
        for (const edge of dependsOn) expect(roots.filter((other) => other !== root)).toContain(edge.root);
      }
    }),
    { numRuns: 500 },
  );
});
