import { definePlugin, ok, type Finding, type Gate } from "@symbiotic-build/engine";
import * as z from "zod";

const ATOM = "find_orphan_todos";
const SOURCES = "**/*.{py,html}";

/** What a configuration may set. */
const options = z
  .strictObject({
    words: z.array(z.string().regex(/^[A-Z]+$/, "is no word in capitals")).default(["TODO", "FIXME"]),
  })
  .prefault({});

interface Facts {
  /** Who may own one; null where the repository has no OWNERS file. */
  readonly owners: readonly string[] | null;
  /** For the engine, which wants JSON. */
  readonly [key: string]: readonly string[] | null;
}

/** Passes when every TODO names somebody who is in OWNERS; advisory where there is no such file. */
const owned: Gate<z.output<typeof options>, Facts> = {
  title: "todos owned",
  describe: "Every TODO has an owner",
  reads: [ATOM],
  required: ({ facts }) => facts.owners !== null,
  decide({ tasks, threshold }) {
    const found = tasks.reduce((sum, { evidence }) => sum + (evidence?.findings?.length ?? 0), 0);
    const allowed = threshold ?? 0;
    return {
      verdict: found <= allowed ? "pass" : "fail",
      measured: `${found}`,
      wanted: `${allowed}`,
      numbers: { found, allowed },
    };
  },
  total(decisions) {
    const sum = (name: string): string => `${decisions.reduce((all, { numbers }) => all + (numbers?.[name] ?? 0), 0)}`;
    return { measured: sum("found"), wanted: sum("allowed") };
  },
};

/** Finds TODO comments that nobody owns: `TODO(ada)` has an owner, `TODO` has none. */
export const todos = definePlugin({
  api: 1,
  name: "todos",
  from: import.meta.url,
  options,
  inspect: {
    texts: ["OWNERS"],
    facts: ({ texts }) => {
      const [nearest] = texts;
      return ok<Facts>({ owners: nearest?.text.split(/\s+/).filter((name) => name !== "") ?? null });
    },
  },
  atoms: {
    [ATOM]: {
      kind: "check",
      alias: "todos",
      title: "todos",
      describe: "Find TODO comments without an owner",
      inputs: () => ({ files: [SOURCES], configs: ["OWNERS"] }),
      async run(io, { options: { words }, facts: { owners } }) {
        let count = 0;
        for (const file of await io.list(SOURCES)) {
          for (const finding of orphans(file, await io.read(file), { words, owners })) {
            io.report({ finding });
            count += 1;
          }
        }
        return { status: "ok", summary: count === 0 ? "ok" : `${count} without an owner`, evidence: { tool: "todos" } };
      },
    },
  },
  gates: { todos_owned: owned },
  targets: { validate: [ATOM], gates: [ATOM] },
});

interface Wanted extends Facts {
  readonly words: readonly string[];
}

function orphans(file: string, text: string, { words, owners }: Wanted): Finding[] {
  const pattern = new RegExp(`\\b(?:${words.join("|")})\\b(?:\\((\\w+)\\))?`, "g");
  return text.split("\n").flatMap((line, index) =>
    [...line.matchAll(pattern)].flatMap(({ 0: found, 1: owner, index: column }): Finding[] => {
      const rule = owner === undefined ? "no-owner" : owners?.includes(owner) === false ? "unknown-owner" : undefined;
      if (rule === undefined) return [];
      const message = rule === "no-owner" ? `${found} has no owner` : `${owner} is not in OWNERS`;
      return [
        {
          tool: "todos",
          rule,
          level: "warning",
          message,
          file,
          range: { start: { line: index + 1, column: column + 1 } },
        },
      ];
    }),
  );
}
