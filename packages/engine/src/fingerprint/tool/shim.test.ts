import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { WINDOWS, type Host } from "./host.ts";
import { findShown, hiddenByShim } from "./shim.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-shim-")));
const on = test.skipIf(WINDOWS);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o755 });
  return file;
}

function hostOf(name: string, manager: string): Host {
  const home = join(folder, name);
  const system = write(`${name}/system/python3`, "");
  const env = { PATH: [join(home, manager, "shims"), dirname(system)].join(":") };
  mkdirSync(join(home, "code"), { recursive: true });
  return { root: join(home, "code"), home, env, hold: () => ["held"] };
}

function pyenv(name: string, versions: readonly string[]): Host {
  const root = `${name}/.pyenv`;
  write(`${root}/shims/python3`, `#!/usr/bin/env bash\nexec "${join(folder, root)}/libexec/pyenv" exec python3 "$@"\n`);
  for (const version of versions) write(`${root}/versions/${version}/bin/python3`, "");
  return hostOf(name, ".pyenv");
}

const shown = (host: Host): string | undefined => findShown(host, "python3")?.slice(host.home.length + 1);

on("a shim of pyenv is what the nearest file names: of a version that is not whole the latest", () => {
  const host = pyenv("a", ["3.11.9", "3.12.9", "3.12.10", "3.12.x"]);
  expect(shown(host)).toBe("system/python3");
  write("a/.pyenv/version", "3.11.9\n");
  expect(shown(host)).toBe(".pyenv/versions/3.11.9/bin/python3");
  write("a/code/.python-version", "# ours\n3.12\n");
  expect(shown(host)).toBe(".pyenv/versions/3.12.10/bin/python3");
  write("a/code/.python-version", "3.9.1 system\n");
  expect(shown(host)).toBe("system/python3");
  expect(findShown({ root: host.root, home: host.home, env: host.env }, "python3")).toBe(
    join(host.home, ".pyenv/shims/python3"),
  );
});

on("where it is not there the error names the shim, and what to do", () => {
  const host = pyenv("b", ["3.11.9"]);
  write("b/code/.python-version", "3.13.0\n");
  expect(shown(host)).toBeUndefined();
  expect(hiddenByShim(host, ["nothing", "python3"])).toMatchObject({
    code: "SYM8102",
    message: expect.stringMatching(/shims\/python3 is a shim of pyenv, .*: 3\.13\.0 is not in /),
    hint: expect.stringContaining("python3 -m venv .venv"),
  });
  expect(hiddenByShim({ root: host.root, home: host.home, env: host.env }, ["python3"])).toBeUndefined();
});

on.each(["../../../code", "/code", "..", "a/../../x", "3.11.9/../../../../code"])(
  "%s is no version: it may be an agent's",
  (named) => {
    const host = pyenv("c", ["3.11.9"]);
    write("c/code/bin/python3", "evil");
    write("c/code/.python-version", `${named}\n`);
    expect(shown(host)).toBeUndefined();
  },
);

on("a shim of asdf is of the plugin that it names, in the version of .tool-versions", () => {
  write("d/.asdf/shims/python3", '#!/usr/bin/env bash\n# asdf-plugin: python 3.12.1\nexec asdf exec "python3" "$@"\n');
  write("d/.asdf/installs/python/3.12.1/bin/python3", "");
  const host = hostOf("d", ".asdf");
  expect(hiddenByShim(host, ["python3"])?.message).toMatch(/shim of asdf.*no `\.tool-versions`/);
  write("d/.tool-versions", "nodejs 20.1.0\npython 3.12.1 # as in production\n");
  expect(shown(host)).toBe(".asdf/installs/python/3.12.1/bin/python3");
  expect(hiddenByShim(host, ["python3"])).toBeUndefined();
});

on("a shim of mise is a link to it", () => {
  const mise = write("e/bin/mise", "");
  mkdirSync(join(folder, "e/mise/shims"), { recursive: true });
  symlinkSync(mise, join(folder, "e/mise/shims/python3"));
  const host = hostOf("e", "mise");
  expect(hiddenByShim(host, ["python3"])?.message).toContain("shim of mise");
  write("e/mise/installs/python/3.12.1/bin/python3", "");
  write("e/code/.tool-versions", "python 3.12\n");
  expect(shown(host)).toBe("mise/installs/python/3.12.1/bin/python3");
});
