import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { errorOf, type Diagnostic } from "../../../core/diagnostic.ts";
import type { JsonValue } from "../../../core/json.ts";
import { fail, ok, type Result } from "../../../core/result.ts";
import { CONFIG_PLACES } from "../../../config/find.ts";
import type { Repository } from "../../../workspace/git/repository.ts";
import type { CliOutput } from "../../command.ts";
import type { Write } from "../../../report/reporter.ts";
import { configText } from "./config-text.ts";
import { importHooks, type HookNote, type ImportedHooks } from "./pre-commit/import-hooks.ts";
import { readHooks } from "./pre-commit/read-hooks.ts";

/** What `hook import` was asked for. */
export interface ImportRequest {
  /** Named by the user, from `cwd`; the repository's own where it is not said. */
  readonly file: string | undefined;
  readonly cwd: string;
  readonly write: boolean;
  readonly print: Write;
}

const NAME = ".pre-commit-config.yaml";

/** `hook import`: the configuration goes to standard output, what to know of hooks to standard error. */
export function importPreCommit(
  { root }: Pick<Repository, "root">,
  { file: named, cwd, write, print }: ImportRequest,
): Result<CliOutput, readonly Diagnostic[]> {
  const place = named === undefined ? join(root, NAME) : resolve(cwd, named);
  const inside = relative(root, place).replaceAll("\\", "/");
  const file = inside.startsWith("..") ? place : inside;
  const text = readText(place, file);
  if (!text.ok) return fail([text.error]);
  const config = readHooks(text.value, file);
  if (!config.ok) return config;
  const imported = importHooks(config.value);
  const made = configText(imported, file);
  const json = jsonOf(imported, file);
  for (const { line, hook, message } of imported.notes)
    print("stderr", `${file}:${String(line)}  ${hook}  ${message}\n`);
  print("stderr", `${total(imported)}\n`);
  if (!write) return ok({ exitCode: 0, text: made.trimEnd(), json });
  const written = writeConfig(root, made);
  if (!written.ok) return fail([written.error]);
  const count = imported.atoms.length;
  return ok({
    exitCode: 0,
    text: `wrote ${written.value} with ${String(count)} ${count === 1 ? "atom" : "atoms"}`,
    json,
  });
}

function total({ atoms, notes }: ImportedHooks): string {
  const count = (became: HookNote["became"]): string => String(notes.filter((note) => note.became === became).length);
  const own = `${String(atoms.length)} ${atoms.length === 1 ? "hook is an atom" : "hooks are atoms"}`;
  return `${own}, ${count("plugin")} done by plugins, ${count("nothing")} not imported`;
}

function readText(place: string, file: string): Result<string, Diagnostic> {
  try {
    return ok(readFileSync(place, "utf8"));
  } catch (thrown) {
    const why = thrown instanceof Error && "code" in thrown ? String(thrown.code) : String(thrown);
    return fail(
      errorOf("SYM2055", `${file} cannot be read: ${why}`, {
        hint: "name the file: symbiotic hook import <file>",
      }),
    );
  }
}

/** A configuration that is there is never touched. */
function writeConfig(root: string, text: string): Result<string, Diagnostic> {
  const [name = "symbiotic.config.ts", ...others] = CONFIG_PLACES;
  const present = [name, ...others].find((each) => isConfigured(join(root, each), each));
  if (present !== undefined)
    return fail(
      errorOf("SYM2057", `${present} is there already: it is not written over`, {
        location: { file: present },
        hint: "leave --write out, and take the atoms over from what is printed",
      }),
    );
  writeFileSync(join(root, name), text, { flag: "wx" });
  return ok(name);
}

/** A `package.json` may have a configuration in it, and mostly has none. */
function isConfigured(place: string, name: string): boolean {
  if (name !== "package.json" || !existsSync(place)) return existsSync(place);
  return /"symbiotic"\s*:\s*\{/.test(readFileSync(place, "utf8"));
}

function jsonOf({ atoms, notes }: ImportedHooks, file: string): JsonValue {
  return {
    file,
    atoms: Object.fromEntries(atoms.map(({ id, atom }) => [id, JSON.parse(JSON.stringify(atom)) as JsonValue])),
    notes: notes.map((note) => ({ ...note })),
  };
}
