import { expect, test } from "vitest";
import { globPattern } from "./glob-pattern.ts";

test.each<[string, readonly string[], readonly string[]]>([
  ["**", ["a", "a/b.ts", ".x/y"], []],
  ["src/**", ["src/a", "src/a/b.ts"], ["srcs/a", "lib/src/a"]],
  ["src/", ["src/a/b"], ["src2/a"]],
  ["*.ts", ["a.ts"], ["a/b.ts", "atts", "a.tsx"]],
  ["**/*.ts", ["a.ts", "a/b/c.ts"], ["a.js"]],
  ["src/{a,b}?.py", ["src/a1.py", "src/bc.py"], ["src/a.py", "src/c1.py"]],
  ["a,b.txt", ["a,b.txt"], ["a", "b.txt"]],
  ["a+(b).txt", ["a+(b).txt"], ["aab.txt"]],
])("%s means these paths and not those", (glob, those, others) => {
  const pattern = new RegExp(globPattern(glob));
  expect(those.filter((path) => !pattern.test(path))).toEqual([]);
  expect(others.filter((path) => pattern.test(path))).toEqual([]);
});
