import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createCopier } from "./copier.ts";

const canLink = process.platform !== "win32";

function places(): Disposable & { readonly from: string; readonly to: string } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-copier-")));
  const [from, to] = [join(folder, "from"), join(folder, "to")];
  for (const path of ["real", "sub/deep", "sub/.git"]) mkdirSync(join(from, path), { recursive: true });
  mkdirSync(to);
  for (const path of ["real/a.txt", "real/b.txt", "sub/deep/c.txt", "sub/.git/HEAD"])
    writeFileSync(join(from, path), path);
  return {
    from,
    to,
    [Symbol.dispose]: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

test("a folder is copied with all in it but git's own, and a path that is not there is left out", () => {
  using roots = places();
  const copier = createCopier(roots);
  copier.copy("sub");
  copier.copy("absent/x");
  expect(readFileSync(join(roots.to, "sub/deep/c.txt"), "utf8")).toBe("sub/deep/c.txt");
  expect(existsSync(join(roots.to, "sub/.git"))).toBe(false);
  expect(existsSync(join(roots.to, "absent"))).toBe(false);
});

test("what the copier is to leave out is not copied", () => {
  using roots = places();
  createCopier(roots, (path) => path === "real/b.txt").copy("real");
  expect(existsSync(join(roots.to, "real/a.txt"))).toBe(true);
  expect(existsSync(join(roots.to, "real/b.txt"))).toBe(false);
});

test.runIf(canLink)("a copy runs where the file does, and changing it leaves the file", () => {
  using roots = places();
  chmodSync(join(roots.from, "real/a.txt"), 0o755);
  createCopier(roots).copy("real/a.txt");
  expect(statSync(join(roots.to, "real/a.txt")).mode & 0o777).toBe(0o755);
  writeFileSync(join(roots.to, "real/a.txt"), "changed");
  expect(readFileSync(join(roots.from, "real/a.txt"), "utf8")).toBe("real/a.txt");
});

test.runIf(canLink)("a path through a link brings the link and the file, and nothing beside it", () => {
  using roots = places();
  symlinkSync("real", join(roots.from, "link"));
  createCopier(roots).copy("link/a.txt");
  expect(readlinkSync(join(roots.to, "link"))).toBe("real");
  expect(readFileSync(join(roots.to, "link/a.txt"), "utf8")).toBe("real/a.txt");
  expect(existsSync(join(roots.to, "real/b.txt"))).toBe(false);
});

test.runIf(canLink)("an absolute link into the tree leads into the copy", () => {
  using roots = places();
  symlinkSync(join(roots.from, "real/a.txt"), join(roots.from, "absolute"));
  createCopier(roots).copy("absolute");
  expect(readlinkSync(join(roots.to, "absolute"))).toBe(join(roots.to, "real/a.txt"));
  expect(readFileSync(join(roots.to, "absolute"), "utf8")).toBe("real/a.txt");
});
