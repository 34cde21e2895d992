import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { WINDOWS, type Host } from "../../fingerprint/tool/host.ts";
import { findInstaller, installerMissing } from "./installers.ts";

const OWN = WINDOWS ? ".venv/Scripts" : ".venv/bin";
const ENDING = WINDOWS ? ".EXE" : "";

/** A tree with these programs, and a folder `path` that is on PATH. */
function machine(...programs: readonly string[]): Disposable & { readonly host: Host; at(program: string): string } {
  const root = mkdtempSync(join(tmpdir(), "symbiotic-installers-"));
  const at = (program: string): string => join(root, `${program}${ENDING}`);
  for (const program of programs) {
    mkdirSync(dirname(at(program)), { recursive: true });
    writeFileSync(at(program), "");
    chmodSync(at(program), 0o755);
  }
  return {
    ...{ at, host: { root, env: { PATH: join(root, "path") }, home: root } },
    [Symbol.dispose]: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

test.each([
  ["of the folder's own environment first", ["path/uv", `${OWN}/uv`, `api/${OWN}/uv`], `api/${OWN}/uv`],
  ["of the environment at the root then", ["path/uv", `${OWN}/uv`], `${OWN}/uv`],
  ["of node_modules", ["node_modules/.bin/uv", "path/uv"], "node_modules/.bin/uv"],
  ["on PATH last", ["path/uv", `web/${OWN}/uv`], "path/uv"],
])("an installer is looked for %s", (_where, programs, found) => {
  using tree = machine(...programs);
  expect(findInstaller(tree.host, "uv", "api")).toBe(tree.at(found));
});

test("where there is none that is told, with how to come by it and how to go on without it alone", () => {
  using tree = machine();
  expect(findInstaller(tree.host, "uv", "api")).toBeUndefined();
  const step = { installer: "uv", commands: [["uv", "sync"]], lockfiles: ["api/uv.lock"] } as const;
  expect(installerMissing(step, { installs: ["npm", "uv"] })).toMatchObject({
    code: "SYM7540",
    message: "`uv` is not installed, and api/uv.lock asks for it in the work tree of each issue",
    location: { file: "api/uv.lock" },
    hint: expect.stringContaining('`issues: { installs: ["npm"] }`'),
  });
  expect(installerMissing(step, {}).hint).toContain('["poetry", "pip", "pnpm", "yarn", "npm"]');
});
