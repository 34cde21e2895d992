import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { ROOT } from "../support/places.ts";
import { createRepository, linkPackages } from "../support/repository.ts";

test.skipIf(process.platform === "win32")(
  "a new plugin has its types right, its tests pass, and it finds what its tool finds",
  async () => {
    using repository = createRepository({
      "package.json": '{ "type": "module" }\n',
      "pyproject.toml": '[project]\nname = "app"\n',
      "a.txt": "one\n",
      "bin/spell-check":
        '#!/bin/sh\n[ "$1" = --version ] && echo 1.2.3 && exit\necho \'[{"path":"./a.txt","line":1,"rule":"R7","message":"m"}]\'\nexit 1\n',
      "symbiotic.config.ts":
        'import { spellCheck } from "./plugins/spell-check/src/index.ts";\nexport default { disable: ["ruff", "pytest"], plugins: [spellCheck()] };\n',
    });
    chmodSync(join(repository.root, "bin/spell-check"), 0o755);
    const made = await symbiotic(repository, ["plugin", "new", "spell-check"]);
    expect(made).toMatchObject({ exitCode: 0, stderr: "" });
    expect(made.stdout).toContain("plugins/spell-check/src/report.ts\n");

    const folder = join(repository.root, "plugins/spell-check");
    linkPackages(repository.root);
    mkdirSync(join(folder, "node_modules/@types"), { recursive: true });
    for (const name of ["zod", "vitest", "@types/node"])
      symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
    const types = spawnSync(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", folder], {
      encoding: "utf8",
    });
    expect(types.stdout).toBe("");
    const tests = spawnSync(process.execPath, [join(ROOT, "node_modules/vitest/vitest.mjs"), "run", "--root", folder], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"], CI: "1" },
    });
    expect(tests.stdout).toMatch(/Tests .*5 passed/);

    const PATH = `${join(repository.root, "bin")}:${process.env["PATH"] ?? ""}`;
    const run = await symbiotic(repository, ["run", "gates"], { env: { PATH } });
    expect(run.stdout).toContain("a.txt:1:1");
    expect(run.stdout).toContain("R7");
  },
);

test("what is there is not written over, and a name that is none is refused", async () => {
  using repository = createRepository({ "plugins/x/README.md": "mine\n" });
  expect((await symbiotic(repository, ["plugin", "new", "x"])).stderr).toContain("SYM2065");
  expect((await symbiotic(repository, ["plugin", "new", "../x"])).stderr).toContain("SYM2064");
  expect((await symbiotic(repository, ["plugin", "newer", "x"])).stderr).toContain("SYM2064");
  const made = await symbiotic(repository, ["plugin", "new", "x", "--folder", "tools/x", "--kind", "python", "--json"]);
  expect(JSON.parse(made.stdout)).toMatchObject({ folder: "tools/x" });
});
