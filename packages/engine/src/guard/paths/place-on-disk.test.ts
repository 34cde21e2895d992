import { linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { lookAtPlace } from "./place-on-disk.ts";

test.skipIf(process.platform === "win32")("only a file of the tree alone, or nothing, is a place to write to", () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-place-")));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  mkdirSync(join(root, "tree/a"), { recursive: true });
  mkdirSync(join(root, "outside"));
  for (const file of ["tree/a/file", "outside/file"]) writeFileSync(join(root, file), "");
  symlinkSync(join(root, "outside"), join(root, "tree/away"));
  symlinkSync("a", join(root, "tree/within"));
  symlinkSync("nowhere", join(root, "tree/a/dangling"));
  linkSync(join(root, "outside/file"), join(root, "tree/a/second"));
  const look = (path: string) => {
    const found = lookAtPlace(join(root, "tree"), path);
    return found.ok ? found.value : found.error;
  };
  expect(look("a/file")).toBe("file");
  expect(look("a/none")).toBe("nothing");
  expect(look("none/none")).toBe("nothing");
  expect(look("a/file/below")).toBe("nothing");
  expect(look("away/file")).toBe("a folder on the way is a link");
  expect(look("within/file")).toBe("a folder on the way is a link");
  expect(look("away")).toBe("a link");
  expect(look("a/dangling")).toBe("a link");
  expect(look("a/second")).toBe("a hard link");
  expect(look("a")).toBe("no file");
  expect(look("x".repeat(5000))).toBe("not to be read");
});
