import type { ImportedHooks } from "./pre-commit/import-hooks.ts";

/** The text of a `symbiotic.config.ts` with these atoms, each with the place that it comes from. */
export function configText({ atoms }: Pick<ImportedHooks, "atoms">, file: string): string {
  const members = atoms.flatMap(({ id, line, atom }) => [
    `    // ${file}:${String(line)}`,
    `    ${id}: {`,
    ...Object.entries(atom).map(([name, value]) => `      ${name}: ${literal(value)},`),
    "    },",
  ]);
  return [
    'import type { Config } from "@symbiotic-build/engine";',
    "",
    "export default {",
    ...(members.length === 0 ? ["  atoms: {},"] : ["  atoms: {", ...members, "  },"]),
    "} satisfies Config;",
    "",
  ].join("\n");
}

function literal(value: unknown): string {
  if (!Array.isArray(value)) return JSON.stringify(value);
  return `[${value.map((each) => JSON.stringify(each)).join(", ")}]`;
}
