import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { onTestFinished, expect, test } from "vitest";
import type { Agent, AgentTool } from "../plugin/agent.ts";
import { findAgent, isSignedIn } from "./find-agent.ts";

const TOOL: AgentTool = {
  bin: "helper",
  package: "@acme/helper",
  version: "1.2.3",
  natives: { [`${process.platform}-${process.arch}`]: ["@acme/helper-other/helper", "@acme/helper-native/helper"] },
};

/** Files of these names, all of which can be started. */
function place(...paths: readonly string[]): string {
  const root = realpathSync.native(mkdtempSync(join(tmpdir(), "find-agent-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), path.endsWith(".json") ? '{ "version": "1.2.3" }' : "");
    chmodSync(join(root, path), 0o755);
  }
  return root;
}

const INSTALLED = ".symbiotic/tools/npm/~acme~helper-1.2.3/node_modules";

function modules(folder: string): readonly string[] {
  return [`${folder}/@acme/helper/package.json`, `${folder}/@acme/helper-native/helper`];
}

test("the repository's own goes before the installed one, and that before PATH", () => {
  const root = place(...modules("node_modules"), ...modules(INSTALLED), "bin/helper");
  const env = { PATH: ["relative", join(root, "bin")].join(delimiter) };
  const found = (): unknown => findAgent(TOOL, { root, env, home: root });
  const native = "@acme/helper-native/helper";
  expect(found()).toEqual({
    tool: [join(root, "node_modules", native)],
    version: "1.2.3",
    origin: "node_modules",
  });
  rmSync(join(root, "node_modules"), { recursive: true });
  expect(found()).toEqual({ tool: [join(root, INSTALLED, native)], version: "1.2.3", origin: ".symbiotic/tools" });
  rmSync(join(root, ".symbiotic"), { recursive: true });
  expect(found()).toEqual({ tool: [join(root, "bin/helper")], origin: "PATH" });
  rmSync(join(root, "bin"), { recursive: true });
  expect(found()).toBeUndefined();
});

test.skipIf(process.platform === "win32")("what a package depends on is found beside its real place", () => {
  const root = place(...modules("store/helper@1.2.3/node_modules"));
  mkdirSync(join(root, "node_modules/@acme"), { recursive: true });
  symlinkSync(join(root, "store/helper@1.2.3/node_modules/@acme/helper"), join(root, "node_modules/@acme/helper"));
  expect(findAgent(TOOL, { root, env: {}, home: root })).toMatchObject({ origin: "node_modules", version: "1.2.3" });
});

test("a package without the program of this machine is passed over", () => {
  const root = place("node_modules/@acme/helper/package.json", "bin/helper");
  expect(findAgent(TOOL, { root, env: { PATH: join(root, "bin") }, home: root })).toMatchObject({ origin: "PATH" });
});

test("somebody is signed in by a key or by a file, and an empty key is none", () => {
  const home = place(".helper/auth");
  const agent = { signIn: { variables: ["HELPER_KEY"], files: [".helper/auth"], hint: "" } } as unknown as Agent;
  const signedIn = (env: Readonly<Record<string, string>>, folder: string): boolean =>
    isSignedIn(agent, { root: "/", env, home: folder });
  expect([
    signedIn({}, home),
    signedIn({}, "/nowhere"),
    signedIn({ HELPER_KEY: "k" }, "/nowhere"),
    signedIn({ HELPER_KEY: "" }, "/nowhere"),
  ]).toEqual([true, false, true, false]);
});
