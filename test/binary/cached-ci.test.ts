import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { bundleOf, checkoutAs, makeEnvironment, type UserCheckout } from "../support/other-user.ts";
import { ROOT } from "../support/places.ts";
import { createPluginRepository } from "../support/plugin-repository.ts";
import { createRepository, linkPackages, temporaryFolder } from "../support/repository.ts";
import type { Summary } from "../support/record.ts";

const [ADA, BOB] = [12_001, 12_002];

interface Machine extends Disposable {
  /** Absolute; every user may enter it. */
  readonly folder: string;
  /** A folder in which every user may write: where CI keeps files from job to job. */
  readonly shelf: string;
}

function machine(): Machine {
  const folder = temporaryFolder();
  const shelf = join(folder, "shelf");
  mkdirSync(shelf);
  chmodSync(folder, 0o755);
  chmodSync(shelf, 0o777);
  return { folder, shelf, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

test("what one user's checkout exported is a full hit in another user's at another path: ruff and pytest", () => {
  using source = createRepository({});
  using at = machine();
  const isSource = (path: string): boolean => !/cache|^\.venv|^\.symbiotic/.test(basename(path));
  cpSync(join(ROOT, "examples/python-monorepo"), source.root, { recursive: true, filter: isSource });
  source.commit("three projects");
  const bundle = bundleOf(source, join(at.folder, "source.bundle"));
  const ada = checkoutAs({ uid: ADA, root: join(at.folder, "ada") }, source, bundle);
  const bob = checkoutAs({ uid: BOB, root: join(at.folder, "deeper/than/that/bob") }, source, bundle);
  for (const checkout of [ada, bob]) makeEnvironment(checkout);
  const file = join(at.shelf, "ci.cache");

  const first = run(ada, "gates");
  expect(first.counts).toMatchObject({ total: 9, ok: 9, cached: 0 });
  // Nine results, and of each of three suites what its test file depends on and what its files are made of.
  expect(JSON.parse(ada.symbiotic("cache", "export", file, "--last-run", "--json").stdout)).toMatchObject({
    records: 15,
  });
  const imported = bob.symbiotic("cache", "import", file, "--json");
  expect(JSON.parse(imported.stdout)).toMatchObject({ taken: true, records: 15, known: 0, foreign: 0, problems: [] });

  const second = run(bob, "gates");
  expect(second.counts).toMatchObject({ total: 9, ok: 9, cached: 9 });
  expect(second.tasks.map(({ id, cache }) => `${id} ${cache}`)).toEqual(first.tasks.map(({ id }) => `${id} hit`));
  expect(told(second)).toEqual(told(first));
});

test("outputs come back in another user's checkout with their bytes, modes and links, and belong to that user", () => {
  using source = createPluginRepository({
    atoms: `{
      builds: step("builds", {
        kind: "build",
        outputs: () => ["dist"],
        command: () => ({ argv: ["sh", "-c", "mkdir -p dist/sub && cat input.txt > dist/out.txt && printf '#!/bin/sh\\\\n' > dist/sub/run && chmod 755 dist/sub/run && ln -s ../out.txt dist/sub/link && echo built"] }),
      }),
      reads: step("reads", {
        dependsOn: ["builds"],
        command: () => ({ argv: ["node", "-e", "console.log(7)"] }),
        parse: ({ stdout }) => ok(found({ data: { answer: Number(stdout) }, findings: [] })),
      }),
    }`,
    files: {
      ".gitignore": "node_modules\ndist/\n",
      "project.json": '{ "name": "app" }\n',
      "input.txt": "made of this\n",
    },
  });
  using at = machine();
  const bundle = bundleOf(source, join(at.folder, "source.bundle"));
  const ada = checkoutAs({ uid: ADA, root: join(at.folder, "ada") }, source, bundle);
  const bob = checkoutAs({ uid: BOB, root: join(at.folder, "else/where") }, source, bundle);
  for (const { root } of [ada, bob]) linkPackages(root);
  const file = join(at.shelf, "ci.cache");

  expect(run(ada, "all").counts).toMatchObject({ total: 2, ok: 2, cached: 0 });
  ada.symbiotic("cache", "export", file);
  bob.symbiotic("cache", "import", file);
  expect(run(bob, "all").counts).toMatchObject({ total: 2, ok: 2, cached: 2 });
  const dist = join(bob.root, "dist");
  expect(readFileSync(join(dist, "out.txt"), "utf8")).toBe("made of this\n");
  expect(readlinkSync(join(dist, "sub/link"))).toBe("../out.txt");
  expect(lstatSync(join(dist, "sub/run")).mode & 0o777).toBe(0o755);
  for (const path of ["out.txt", "sub/run", "sub/link"]) expect(lstatSync(join(dist, path)).uid).toBe(BOB);
  const { stderr } = bob.symbiotic("run", "all", "--output-logs", "full");
  expect(stderr).toContain("| built\n");
});

test("a checkout whose inputs differ takes only what is the same, and says what changed since the import", () => {
  using source = createPluginRepository({
    atoms: `{
      same: step("same", { inputs: () => ({ files: ["input.txt"] }), command: () => ({ argv: ["node", "-e", ""] }) }),
      other: step("other", { inputs: () => ({ files: ["other.txt"] }), command: () => ({ argv: ["node", "-e", ""] }) }),
    }`,
    files: {
      ".gitignore": "node_modules\n",
      "project.json": '{ "name": "app" }\n',
      "input.txt": "1\n",
      "other.txt": "1\n",
    },
  });
  using at = machine();
  const bundle = bundleOf(source, join(at.folder, "source.bundle"));
  const ada = checkoutAs({ uid: ADA, root: join(at.folder, "ada") }, source, bundle);
  const bob = checkoutAs({ uid: BOB, root: join(at.folder, "bob") }, source, bundle);
  for (const { root } of [ada, bob]) linkPackages(root);
  const file = join(at.shelf, "ci.cache");
  run(ada, "all");
  ada.symbiotic("cache", "export", file);
  bob.symbiotic("cache", "import", file);
  bob.run("sh", "-c", "echo 2 > other.txt");
  const { tasks } = run(bob, "all");
  expect(tasks.map(({ id, cache, missed }) => [id, cache, missed])).toEqual([
    ["app:other", "miss", "other.txt changed"],
    ["app:same", "hit", null],
  ]);
});

test("a file that one user may not read is an error with a code, and no error with --optional", () => {
  using source = createRepository({ "README.md": "# Nothing\n" });
  using at = machine();
  const bundle = bundleOf(source, join(at.folder, "source.bundle"));
  const ada = checkoutAs({ uid: ADA, root: join(at.folder, "ada") }, source, bundle);
  const bob = checkoutAs({ uid: BOB, root: join(at.folder, "bob") }, source, bundle);
  const file = join(at.shelf, "ci.cache");
  ada.symbiotic("cache", "export", file);
  ada.run("chmod", "600", file);
  const refused = bob.symbiotic("cache", "import", file);
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain("SYM6030");
  expect(refused.stderr).toContain("EACCES");
  expect(bob.symbiotic("cache", "import", file, "--optional")).toMatchObject({
    exitCode: 0,
    stdout: "imported nothing\n",
  });
  const taken = bob.symbiotic("cache", "export", file);
  // The shelf is nobody's: a file of another user may be replaced whole.
  expect(taken.exitCode).toBe(0);
  expect(existsSync(file) && lstatSync(file).uid).toBe(BOB);
});

function run(checkout: UserCheckout, target: string): Summary {
  const { stdout, stderr } = checkout.symbiotic("run", target, "--json");
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as Summary;
}

/** What a person is told of a run, whoever ran it and whether or not it was cached. */
function told({ findings, tests, gates, tasks }: Summary): object {
  return { findings, tests, gates, tasks: tasks.map(({ id, status, summary }) => [id, status, summary]) };
}
