import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder, WINDOWS, write } from "../../../test/support/python-environment.ts";
import type { ToolInstall, ToolSpec } from "../../plugin/tool.ts";
import { resolveTool } from "./find-tool.ts";
import type { FoundTool } from "./found-tool.ts";
import { installedToolFolder, markInstalled } from "./installed-tools.ts";
import { createSurvey } from "./survey.ts";

const LINTER: ToolInstall = { registry: "npm", package: "@scope/linter", version: "2.0.0" };
const SPEC: ToolSpec = { name: "linter", kind: "node-package", package: "@scope/linter", bin: "lint", install: LINTER };

function look(spec: ToolSpec, root: string, folder = "."): ReturnType<typeof resolveTool> {
  const survey = createSurvey({ root, env: {}, home: join(root, "home") }, new Map());
  return resolveTool([spec], { folder, environments: [], survey, node: process.execPath });
}

function found(spec: ToolSpec, root: string, folder?: string): FoundTool {
  const result = look(spec, root, folder);
  if (!result.ok) throw new Error(`not found in ${result.error.lookedIn.join(", ")}`);
  return result.value;
}

function installPackage(folder: string, version: string, bin: unknown = { lint: "./cli.js" }): void {
  write(join(folder, "node_modules/@scope/linter/package.json"), JSON.stringify({ version, bin }));
  write(join(folder, "node_modules/@scope/linter/cli.js"), `// ${version}\n`);
}

test("a Node package is taken from the nearest node_modules above the project", () => {
  const root = temporaryFolder();
  installPackage(root, "1.0.0");
  installPackage(join(root, "web"), "1.1.0", "cli.js");
  expect(found(SPEC, root, "web").resolved).toMatchObject({
    version: "1.1.0",
    argv: ["{node}", "{module}"],
    origin: "node_modules",
  });
  expect(found(SPEC, root, "api/v1").resolved.version).toBe("1.0.0");
  expect(found(SPEC, root).substitutions).toEqual({
    "{node}": process.execPath,
    "{module}": join(root, "node_modules/@scope/linter/cli.js"),
  });
  expect(found(SPEC, root).display).toEqual([join("node_modules", ".bin", "lint")]);
});

test("its identity is its version and its code, wherever it lies", () => {
  const [a, b] = [temporaryFolder(), temporaryFolder()];
  for (const root of [a, b]) installPackage(root, "1.0.0");
  expect(found(SPEC, a).identity).toEqual(found(SPEC, b).identity);
  write(join(b, "node_modules/@scope/linter/cli.js"), "// edited\n");
  expect(found(SPEC, a).identity).not.toEqual(found(SPEC, b).identity);
});

test("a package whose manifest is broken or names no such program is none", () => {
  const root = temporaryFolder();
  installPackage(root, "1.0.0", { other: "cli.js" });
  expect(look(SPEC, root)).toEqual({
    ok: false,
    error: { names: ["linter"], lookedIn: ["node_modules", ".symbiotic/tools"], canInstall: true },
  });
  write(join(root, "node_modules/@scope/linter/package.json"), "{");
  expect(look(SPEC, root).ok).toBe(false);
});

test("what was installed for the repository comes last, and only when all of it is there", () => {
  const root = temporaryFolder();
  const folder = join(root, installedToolFolder(LINTER));
  installPackage(folder, "2.0.0");
  expect(look(SPEC, root).ok).toBe(false);
  markInstalled(folder, LINTER);
  expect(found(SPEC, root).resolved).toMatchObject({
    version: "2.0.0",
    origin: ".symbiotic/tools/npm/~scope~linter-2.0.0",
  });
  installPackage(root, "1.0.0");
  expect(found(SPEC, root).resolved.version).toBe("1.0.0");
});

test.skipIf(WINDOWS)("a native program is found on PATH, else where it was installed", () => {
  const root = temporaryFolder();
  const install: ToolInstall = { registry: "go", package: "example.org/scan", version: "v1.2.0" };
  const spec: ToolSpec = { name: "scan", kind: "path-executable", bin: "scan", version: ["--version"], install };
  const folder = join(root, installedToolFolder(install));
  mkdirSync(join(folder, "bin"), { recursive: true });
  write(join(folder, "bin/scan"), "#!/bin/sh\necho scan 1.2.0\n", 0o755);
  expect(look(spec, root)).toMatchObject({ ok: false, error: { lookedIn: ["PATH", ".symbiotic/tools"] } });
  markInstalled(folder, install);
  expect(found(spec, root).resolved).toMatchObject({
    version: "1.2.0",
    origin: ".symbiotic/tools/go/example.org~scan-v1.2.0",
  });
});
