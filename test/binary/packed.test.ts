import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { nodeOf, ROOT } from "../support/places.ts";
import { MENDED, SHOP } from "../support/python-files.ts";
import { summaryOf } from "../support/record.ts";
import { createRepository, temporaryFolder } from "../support/repository.ts";

let folder = "";

// What a user gets: packed as it is published, installed by npm, with no network to be saved by.
beforeAll(() => {
  folder = join(temporaryFolder(), "installed");
  const unreachable = "http://127.0.0.1:9";
  const env = {
    ...process.env,
    HTTP_PROXY: unreachable,
    HTTPS_PROXY: unreachable,
    http_proxy: unreachable,
    https_proxy: unreachable,
    NO_PROXY: "",
    no_proxy: "",
  };
  const installed = spawnSync(process.execPath, [join(ROOT, "scripts/install-packed.mjs"), folder], {
    encoding: "utf8",
    env,
  });
  if (installed.status !== 0)
    throw new Error(
      `cannot install what was packed; run \`node scripts/setup.mjs\` first\n${installed.stdout}${installed.stderr}`,
    );
});

afterAll(() => {
  rmSync(join(folder, ".."), { recursive: true, force: true });
});

test.each([
  ["the oldest Node that is supported", (): string => nodeOf("22.18.0")],
  ["the Node of the project", (): string => process.execPath],
])("what is installed from the packages does the main job on %s", async (_title, node) => {
  using repository = createRepository({
    ...SHOP,
    ".gitignore": `${SHOP[".gitignore"] ?? ""}node_modules\n`,
    "symbiotic.config.ts":
      'import { defineConfig } from "@symbiotic-build/engine";\nimport { ruff } from "@symbiotic-build/plugin-ruff";\n\nexport default defineConfig({ plugins: [ruff({ select: ["F"] })] });\n',
  });
  symlinkSync(join(folder, "node_modules"), join(repository.root, "node_modules"), "junction");
  const options = { node: node(), binary: join(folder, "node_modules/@symbiotic-build/cli/bin/symbiotic.js") };
  const first = await symbiotic(repository, ["run", "gates"], options);
  expect(first).toMatchObject({ exitCode: 1, stderr: "" });
  expect(summaryOf(repository)).toMatchObject({
    counts: { total: 3, ok: 2, failed: 1 },
    findings: [{ rule: "F401" }],
    tests: [{ id: "tests/test_price.py::test_none" }],
  });

  repository.write(MENDED);
  await symbiotic(repository, ["run", "gates"], options);
  const last = await symbiotic(repository, ["run", "gates"], options);
  expect(last).toMatchObject({ exitCode: 0, stderr: "" });
  expect(last.stdout).toMatch(/^3 tasks, 3 cached · all 4 gates pass · [\d.]+m?s\n$/);
  const doctor = await symbiotic(repository, ["doctor"], options);
  expect(doctor.stdout).toMatch(/plugins +python [\d.]+, node [\d.]+, pytest [\d.]+, ruff [\d.]+\n/);
});

test("npm puts the command where commands are", () => {
  expect(
    existsSync(join(folder, "node_modules/.bin", process.platform === "win32" ? "symbiotic.cmd" : "symbiotic")),
  ).toBe(true);
});

test("no test and nothing that is private is published", () => {
  const scope = join(folder, "node_modules/@symbiotic-build");
  const files = readdirSync(scope, { recursive: true, encoding: "utf8" });
  expect(files.filter((file) => /\.test\.|[\\/]test[\\/]|tsconfig|node_modules[\\/]/.test(file))).toEqual([]);
  for (const name of readdirSync(scope)) expect(files).toContain(join(name, "LICENSE"));
});
