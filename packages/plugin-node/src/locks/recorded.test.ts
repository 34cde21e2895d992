import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { discovery } from "../discover.ts";
import { options } from "../options.ts";

/** What each package of the recorded workspace resolves: written down by hand, from its manifests. */
const ROOT = ["escape-string-regexp@5.0.0"];
const ODD = ["is-odd@0.1.2", "is-number@3.0.0", "kind-of@3.2.2", "is-buffer@1.1.6"];
const A = ["is-odd@3.0.1", "is-number@6.0.0"];
const CLOSURES: Readonly<Record<string, readonly string[]>> = {
  ".": ROOT,
  "packages/a": [...ROOT, ...A],
  "packages/b": [...ROOT, ...A, ...ODD, "is-even@1.0.0", "ms@2.1.2"],
  "packages/c": [
    ...ROOT,
    ...ODD,
    "react@18.2.0",
    "loose-envify@1.4.0",
    "js-tokens@4.0.0",
    "use-sync-external-store@1.2.0",
  ],
};
const PACKAGES = [...new Set(Object.values(CLOSURES).flat())];

/** Manifests as they were when the locks were recorded. */
const MANIFESTS = {
  "package.json": {
    name: "root",
    version: "1.0.0",
    workspaces: ["packages/*"],
    devDependencies: { "escape-string-regexp": "5.0.0" },
  },
  "packages/a/package.json": { name: "a", version: "1.0.0", dependencies: { "is-odd": "^3.0.0" } },
  "packages/b/package.json": {
    name: "b",
    version: "1.0.0",
    dependencies: { a: "1.0.0", "is-even": "1.0.0" },
    devDependencies: { ms: "2.1.2" },
  },
  "packages/c/package.json": {
    name: "c",
    version: "1.0.0",
    dependencies: { "use-sync-external-store": "1.2.0", react: "18.2.0", odd: "npm:is-odd@0.1.2" },
  },
};

interface Format {
  readonly recorded: string;
  readonly file: string;
  /** The text in which the checksum of a package is another. */
  readonly change: (text: string, name: string, version: string) => string;
}

const NPM = recorded("npm-3.json");

/** Each of these locks has the checksum that npm's has. */
function byIntegrity(text: string, name: string, version: string): string {
  const entry = Object.entries((JSON.parse(NPM) as { packages: Record<string, Entry> }).packages).find(
    ([path, each]) => each.version === version && (each.name ?? path.split("node_modules/").at(-1)) === name,
  );
  const [, { integrity = "" } = {}] = entry ?? [];
  return text.replaceAll(integrity, "sha512-changed");
}

interface Entry {
  readonly name?: string;
  readonly version?: string;
  readonly integrity?: string;
}

function byResolution(text: string, name: string, version: string): string {
  const start = text.indexOf(`resolution: "${name}@npm:${version}"`);
  return text.slice(0, start) + text.slice(start).replace(/checksum: \S+/, "checksum: 10c0/changed");
}

const FORMATS: readonly Format[] = [
  { recorded: "npm-3.json", file: "package-lock.json", change: byIntegrity },
  { recorded: "npm-2.json", file: "npm-shrinkwrap.json", change: byIntegrity },
  { recorded: "pnpm-9.yaml", file: "pnpm-lock.yaml", change: byIntegrity },
  { recorded: "pnpm-6.yaml", file: "pnpm-lock.yaml", change: byIntegrity },
  { recorded: "yarn-classic.lock", file: "yarn.lock", change: byIntegrity },
  { recorded: "yarn-berry.lock", file: "yarn.lock", change: byResolution },
  { recorded: "bun.lock.txt", file: "bun.lock", change: byIntegrity },
];

function recorded(name: string): string {
  return readFileSync(new URL(`../../test/fixtures/locks/${name}`, import.meta.url), "utf8");
}

/** What the lock resolves for each package, by its folder. */
function resolved(file: string, text: string): Record<string, string | undefined> {
  const manifests = Object.entries(MANIFESTS).map(([path, manifest]) => ({ path, text: JSON.stringify(manifest) }));
  const files = [...manifests, { path: file, text }];
  const paths = files.map(({ path }) => path);
  const found = discovery.projects({ files, paths, options: options.parse({}) });
  if (!found.ok) throw new Error("not found");
  return Object.fromEntries(found.value.map((project) => [project.root, project.resolved?.[file]]));
}

/** The folders of the packages for which two texts of a lock resolve something else. */
function differing(file: string, before: string, after: string): string[] {
  const [was, now] = [resolved(file, before), resolved(file, after)];
  return Object.keys(CLOSURES).filter((folder) => was[folder] !== now[folder]);
}

test.each(FORMATS)("$recorded: every package has a digest of its own", ({ recorded: name, file }) => {
  const digests = Object.values(resolved(file, recorded(name)));
  expect(digests.filter((digest) => /^[0-9a-f]{64}$/.test(digest ?? ""))).toHaveLength(4);
  expect(new Set(digests).size).toBe(4);
});

test.each(FORMATS.flatMap((format) => PACKAGES.map((each) => ({ ...format, each }))))(
  "$recorded: another checksum of $each concerns the packages that reach it, and no other",
  ({ recorded: name, file, change, each }) => {
    const at = each.lastIndexOf("@");
    const text = recorded(name);
    const changed = change(text, each.slice(0, at), each.slice(at + 1));
    expect(changed).not.toBe(text);
    const expected = Object.keys(CLOSURES).filter((folder) => CLOSURES[folder]?.includes(each));
    expect(differing(file, text, changed)).toEqual(expected);
  },
);

test.each([
  {
    recorded: "npm-3.json",
    file: "package-lock.json",
    from: /"is-odd": "\^0\.1\.2"/,
    to: '"kind-of": "^3.0.0"',
    expected: ["packages/b"],
  },
  {
    recorded: "pnpm-9.yaml",
    file: "pnpm-lock.yaml",
    from: /kind-of: 3\.2\.2/,
    to: "ms: 2.1.2",
    expected: ["packages/b", "packages/c"],
  },
  {
    recorded: "pnpm-9.yaml",
    file: "pnpm-lock.yaml",
    from: /version: 3\.0\.1/,
    to: "version: is-odd@0.1.2",
    expected: ["packages/a", "packages/b"],
  },
  {
    recorded: "yarn-classic.lock",
    file: "yarn.lock",
    from: /loose-envify "\^1\.1\.0"/,
    to: 'ms "2.1.2"',
    expected: ["packages/c"],
  },
  {
    recorded: "yarn-berry.lock",
    file: "yarn.lock",
    from: /loose-envify: "npm:\^1\.1\.0"/,
    to: 'ms: "npm:2.1.2"',
    expected: ["packages/c"],
  },
  {
    recorded: "bun.lock.txt",
    file: "bun.lock",
    from: /"loose-envify": "\^1\.1\.0"/,
    to: '"ms": "2.1.2"',
    expected: ["packages/c"],
  },
])("$recorded: a need for another package concerns those that reach it", (row) => {
  const text = recorded(row.recorded);
  expect(differing(row.file, text, text.replace(row.from, row.to))).toEqual(row.expected);
});

test.each([
  ["npm-3.json", "package-lock.json", /"dev": true,?/g, ""],
  ["pnpm-9.yaml", "pnpm-lock.yaml", /\n {4}engines: .*/g, ""],
  ["pnpm-6.yaml", "pnpm-lock.yaml", /dev: false/g, "dev: true"],
  ["pnpm-9.yaml", "pnpm-lock.yaml", /\n/g, "\r\n"],
  ["yarn-classic.lock", "yarn.lock", /\n/g, "\r\n"],
  ["yarn-berry.lock", "yarn.lock", /\n/g, "\r\n"],
])("%s: what says nothing of what is installed concerns nobody (%#)", (name, file, from, to) => {
  const text = recorded(name);
  const changed = text.replace(from, to).replaceAll(/,(\s*\})/g, file === "package-lock.json" ? "$1" : ",$1");
  expect(changed).not.toBe(text);
  expect(differing(file, text, changed)).toEqual([]);
});

test("what npm installed because a package wants it beside itself counts", () => {
  const lock = (integrity: string): string =>
    JSON.stringify({
      lockfileVersion: 3,
      packages: {
        "": {},
        "packages/a": { dependencies: { hook: "1" } },
        "packages/b": {},
        "node_modules/hook": { version: "1.0.0", peerDependencies: { react: "*", absent: "*" } },
        "node_modules/react": { version: "18.0.0", integrity, peer: true },
      },
    });
  expect(differing("package-lock.json", lock("sha512-one"), lock("sha512-two"))).toEqual(["packages/a"]);
});

test("npm moving a package up or down concerns nobody", () => {
  const lock = JSON.parse(NPM) as { packages: Record<string, object> };
  const packages: Record<string, object> = { ...lock.packages };
  const moved = packages["node_modules/ms"];
  if (moved === undefined) throw new Error("not recorded");
  delete packages["node_modules/ms"];
  packages["packages/b/node_modules/ms"] = moved;
  expect(differing("package-lock.json", NPM, JSON.stringify({ ...lock, packages }))).toEqual([]);
});

test("a package that is new in the workspace concerns none of the others", () => {
  const text = recorded("pnpm-9.yaml");
  const more =
    "  packages/d:\n    dependencies:\n      react:\n        specifier: 18.2.0\n        version: 18.2.0\n\npackages:\n";
  expect(differing("pnpm-lock.yaml", text, text.replace("packages:\n\n  escape", `${more}\n  escape`))).toEqual([]);
});

test.each([
  ["package-lock.json", '{ "lockfileVersion": 1, "dependencies": {} }'],
  ["package-lock.json", '{ "lockfileVersion": 4, "packages": {} }'],
  ["package-lock.json", "<<<<<<< HEAD"],
  ["pnpm-lock.yaml", "lockfileVersion: 5.4\n"],
  ["pnpm-lock.yaml", "lockfileVersion: '10.0'\n\nimporters:\n\n  .: {}\n"],
  ["pnpm-lock.yaml", "lockfileVersion: '9.0'\n<<<<<<< HEAD\n"],
  ["yarn.lock", "what is this\n"],
  ["yarn.lock", '__metadata:\n  version: 99\n\n"a@workspace:.":\n  resolution: "a@workspace:."\n'],
  ["bun.lock", '{ "lockfileVersion": 9, "workspaces": {} }'],
  ["bun.lock", ""],
])("a lock that is not known says nothing: %s %j", (file, text) => {
  expect(Object.values(resolved(file, text))).toEqual([undefined, undefined, undefined, undefined]);
});

test("a lock is read of what is beside the package, too", () => {
  const text = recorded("npm-3.json");
  const files = [
    { path: "web/package.json", text: '{ "name": "web" }' },
    { path: "web/package-lock.json", text },
  ];
  const found = discovery.projects({ files, paths: [], options: options.parse({}) });
  expect(found.ok && found.value[0]?.resolved).toEqual({ "web/package-lock.json": expect.any(String) as string });
});

test("whatever is cut out of a lock or put into it, discovery goes on", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...FORMATS),
      fc.nat({ max: 6000 }),
      fc.nat({ max: 60 }),
      fc.oneof(
        fc.string(),
        fc.constantFrom('"', "{", "\n", ":", "link:", "null", "[]", '"packages": null,', "  ? x\n"),
      ),
      ({ recorded: name, file }, at, cut, put) => {
        const text = recorded(name);
        expect(() => resolved(file, text.slice(0, at) + put + text.slice(at + cut))).not.toThrow();
      },
    ),
    { numRuns: 300 },
  );
});
