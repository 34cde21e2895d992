import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { CliContext, CliOutput } from "../command.ts";
import { packageTexts } from "./package-texts.ts";
import { sourceTexts, type ToolKind } from "./source-texts.ts";
import { testTexts } from "./test-texts.ts";

/** What was asked for. */
interface Wanted {
  readonly tool: string;
  readonly kind: string | undefined;
  readonly folder: string | undefined;
}

/** Writes a new plugin's package into an empty folder. */
export function newPlugin(
  { tool, kind, folder: named }: Wanted,
  { cwd, version }: Pick<CliContext, "cwd" | "version">,
): Result<CliOutput, readonly Diagnostic[]> {
  const folder = resolve(cwd, named ?? join("plugins", tool));
  const shown = relative(cwd, folder).split(sep).join("/") || ".";
  if (existsSync(folder) && readdirSync(folder).length > 0)
    return fail([errorOf("SYM2065", `${shown} is there already`, { hint: "name another place with --folder" })]);
  const texts = {
    ...packageTexts(tool, version),
    ...sourceTexts(tool, (kind ?? "program") as ToolKind),
    ...testTexts(tool),
  };
  try {
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return fail([errorOf("SYM2066", `${shown} cannot be written: ${why}`, { hint: "make it writable" })]);
  }
  const files = Object.keys(texts).sort();
  return ok({ exitCode: 0, json: { folder: shown, files }, text: told(tool, shown, files) });
}

function told(tool: string, folder: string, files: readonly string[]): string {
  const own = tool.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return [
    ...files.map((file) => `${folder}/${file}`),
    "",
    `next: say in src/report.ts what ${tool} writes, in src/${tool}.ts how it is started and what it reads; then`,
    `  import { ${own} } from "./${folder}/src/index.ts";`,
    `  export default { plugins: [${own}()] };`,
  ].join("\n");
}
