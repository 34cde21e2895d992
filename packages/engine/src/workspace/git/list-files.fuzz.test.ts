import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { byCodeUnit } from "../../core/json.ts";
import { ok } from "../../core/result.ts";
import { listWorkTree, type ListedRepository, type WorkTree } from "./list-files.ts";

const root = mkdtempSync(join(tmpdir(), "symbiotic-listed-"));
const NOBODY: ListedRepository = {
  root,
  git: () => ok({ exitCode: 128, stdout: Buffer.alloc(0), stderr: "fatal: nobody is to ask" }),
};

test("whatever git answers, a list is made of it that is sorted and has each file once", () => {
  const id = "0".repeat(40);
  const path = fc
    .array(fc.constantFrom("a", "b", "é", " ", "\t", "\n", "?", "H "), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join("/"));
  const line = fc.tuple(
    fc.constantFrom("H", "S", "M", "R", "C", "?", "X", ""),
    fc.constantFrom("100644", "100755", "120000", "160000", "0"),
    fc.nat(3),
    path,
  );
  const plausible = fc
    .array(line, { maxLength: 8 })
    .map((lines) =>
      Buffer.from(
        lines
          .map(([tag, mode, stage, name]) =>
            tag === "?" ? `? ${name}\0` : `${tag} ${mode} ${id} ${String(stage)}\t${name}\0`,
          )
          .join(""),
      ),
    );
  try {
    fc.assert(
      fc.property(fc.oneof(plausible, fc.uint8Array({ maxLength: 100 })), (bytes) => {
        const listed = listWorkTree(NOBODY, Buffer.from(bytes));
        expect(listed.ok).toBe(true);
        if (!listed.ok) return;
        const { files, submodules }: WorkTree = listed.value;
        const paths = files.map((file) => file.path);
        expect(paths).toEqual([...new Set(paths)].sort(byCodeUnit));
        expect(submodules).toEqual([...new Set(submodules)].sort(byCodeUnit));
      }),
      { numRuns: 500 },
    );
  } finally {
    rmSync(root, { recursive: true });
  }
});
