import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bundleOf, checkoutAs, type UserCheckout } from "../../support/other-user.ts";
import { temporaryFolder } from "../../support/repository.ts";
import { commandRepository } from "./support/commands.ts";

const ADA = 12_003;

/** Ada's checkout of a repository with one build, on a machine that is root's. */
function checkout(): { readonly ada: UserCheckout; readonly folder: string } & Disposable {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  using source = commandRepository({
    atoms: {
      build: { command: "mkdir -p dist && cat in/* > dist/out.txt", inputs: ["in/**"], outputs: ["dist"] },
    },
    files: { "in/a.txt": "1\n", "in/b.txt": "2\n" },
  });
  const bundle = bundleOf(source, join(folder, "source.bundle"));
  const ada = checkoutAs({ uid: ADA, root: join(folder, "ada") }, source, bundle);
  return { ada, folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

function clear(text: string): string {
  expect(text).not.toMatch(/SYM0002|\n {4}at /);
  return text;
}

test("an input that the user may not read is named, and the task is not run", () => {
  using place = checkout();
  const { ada } = place;
  const file = join(ada.root, "in/b.txt");
  chmodSync(file, 0);
  const { exitCode, stdout, stderr } = ada.symbiotic("run", "build");
  expect(exitCode).toBe(1);
  expect(clear(stdout + stderr)).toContain("SYM6001  cannot read in/b.txt, which a task depends on: EACCES");
  expect(readdirSync(ada.root)).not.toContain("dist");
  chmodSync(file, 0o644);
  expect(ada.symbiotic("run", "build")).toMatchObject({ exitCode: 0 });
});

test("an input folder that the user may not look into is an error, not an empty folder", () => {
  using place = checkout();
  const { ada } = place;
  expect(ada.symbiotic("run", "build").exitCode).toBe(0);
  chownSync(join(ada.root, "in"), 0, 0);
  chmodSync(join(ada.root, "in"), 0o700);
  const { exitCode, stdout, stderr } = ada.symbiotic("run", "build");
  expect(exitCode).not.toBe(0);
  expect(clear(stdout + stderr)).toMatch(/SYM\d{4}.*EACCES|SYM\d{4}.*[Pp]ermission/s);
});

test.each<[what: string, mode: number]>([
  ["only read", 0o755],
  ["not even read", 0o700],
])(
  "a cache of somebody else's, which the user may %s, is told of, and the run is as good as without it",
  (what, mode) => {
    using place = checkout();
    const { ada, folder } = place;
    const cache = join(folder, "cache");
    mkdirSync(cache);
    chmodSync(cache, mode);
    const config = join(ada.root, "symbiotic.config.ts");
    const text = `export default { cache: { dir: ${JSON.stringify(cache)} }, atoms: { build: { command: "mkdir -p dist && cat in/* > dist/out.txt", inputs: ["in/**"], outputs: ["dist"] } } };\n`;
    writeFileSync(config, text);
    for (const time of [1, 2]) {
      const { exitCode, stdout, stderr } = ada.symbiotic("run", "build");
      expect([what, time, exitCode]).toEqual([what, time, 0]);
      expect(clear(stdout + stderr).match(/SYM600[56]/g)?.length).toBeGreaterThan(0);
      expect(ada.run("cat", "dist/out.txt")).toBe("1\n2\n");
    }
  },
);

test("outputs that are somebody else's and cannot be taken away break the task, and say which", () => {
  using place = checkout();
  const { ada } = place;
  const dist = join(ada.root, "dist");
  mkdirSync(join(dist, "locked"), { recursive: true });
  writeFileSync(join(dist, "locked/file"), "root's\n");
  chmodSync(join(dist, "locked"), 0o755);
  chownSync(dist, ADA, ADA);
  const { exitCode, stdout, stderr } = ada.symbiotic("run", "build");
  expect(exitCode).toBe(1);
  expect(clear(stdout + stderr)).toContain("SYM6014  cannot empty dist before the task runs: EACCES");
  expect(ada.run("cat", "dist/locked/file")).toBe("root's\n");
});
