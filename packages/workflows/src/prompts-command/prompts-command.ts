import {
  errorOf,
  fail,
  ok,
  type CommandAnswer,
  type CommandIo,
  type Diagnostic,
  type OfferedCommand,
  type Parsed,
  type Result,
} from "@symbiotic-build/engine";
import { flatFiles, pluginFiles, PROMPTS } from "../prompts/all-prompts.ts";
import { isAsWritten, marked, markedJson } from "./marked.ts";

type Answer = Result<CommandAnswer, readonly Diagnostic[]>;

/** Where prompts go, below the home. */
const PLACES: Readonly<
  Record<string, { readonly folder: string; readonly files: () => Readonly<Record<string, string>> }>
> = {
  codex: { folder: ".codex/prompts", files: flatFiles },
  claude: { folder: ".claude/plugins/dev", files: pluginFiles },
};

/** `symbiotic prompts`: the prompts of the loop over issues, for people who use the agents themselves. */
export const promptsCommand: OfferedCommand = {
  name: "prompts",
  summary: "the prompts of the loop over issues: show them, and bring them to Codex and Claude Code",
  usage: "list | show <name> | sync [--to codex|claude] [--dry-run]",
  describe:
    "`sync` writes the `dev` plugin for Claude Code (~/.claude/plugins/dev) and the same prompts flattened for Codex (~/.codex/prompts). What is there already as it was written is brought up to date; a file that somebody has edited is left alone, and told.",
  positionals: { least: 1, most: 2, what: "`list`, `show` and a name, or `sync`" },
  options: {
    to: { kind: "value", value: "<agent>", oneOf: Object.keys(PLACES), describe: "of `sync`: to this agent alone" },
    "dry-run": { kind: "flag", describe: "of `sync`: say what would be written" },
  },
  examples: [
    ["symbiotic prompts show dev-auto-parallel", "as Codex gets it"],
    ["symbiotic prompts sync --to codex", "into ~/.codex/prompts"],
  ],
  run(parsed, io) {
    const [action = "", name] = parsed.positionals;
    return Promise.resolve(act(action, name, { parsed, io }));
  },
};

function act(
  action: string,
  name: string | undefined,
  { parsed, io }: { readonly parsed: Parsed; readonly io: CommandIo },
): Answer {
  if (action === "list" && name === undefined) return ok(listed());
  if (action === "show" && name !== undefined) return shown(name);
  if (action === "sync" && name === undefined) return synced(parsed, io);
  const words = [action, ...(name === undefined ? [] : [name])].join(" ");
  return fail([
    errorOf("SYM2007", `\`symbiotic prompts\` has no \`${words}\``, { hint: "`list`, `show <name>` or `sync`" }),
  ]);
}

function listed(): CommandAnswer {
  const lines = PROMPTS.map(({ name, describe }) => `${name.padEnd(24)}${describe}`);
  const json = PROMPTS.map(({ name, describe, inputs }) => ({ name, describe, inputs: { ...inputs } }));
  return { passed: true, text: lines.join("\n"), json };
}

function shown(name: string): Answer {
  const text = flatFiles()[`${name}.md`];
  if (text !== undefined) return ok({ passed: true, text: text.trimEnd(), json: { name, text } });
  const names = PROMPTS.map((prompt) => prompt.name).join(", ");
  return fail([errorOf("SYM2007", `there is no prompt \`${name}\``, { hint: `there is: ${names}` })]);
}

/** What became of a file: what somebody edited is theirs. */
type Synced = "written" | "up to date" | "edited";

function synced({ values, flags }: Parsed, io: CommandIo): Answer {
  const only = values.get("to");
  const results: { readonly path: string; readonly state: Synced }[] = [];
  for (const [agent, { folder, files }] of Object.entries(PLACES)) {
    if (only !== undefined && only !== agent) continue;
    for (const [name, text] of Object.entries(files())) {
      const path = `${folder}/${name}`;
      const state = stateOf(io.user.read(path), wanted(name, text));
      const written =
        state === "written" && !flags.has("dry-run") ? io.user.write(path, wanted(name, text)) : ok(undefined);
      if (!written.ok) return fail([written.error]);
      results.push({ path, state });
    }
  }
  const isEdited = results.some(({ state }) => state === "edited");
  const lines = results.map(({ path, state }) => `${state.padEnd(12)}~/${path}`);
  const hint = isEdited ? ["what was edited is left alone: move it away, and run it again"] : [];
  return ok({ passed: !isEdited, text: [...lines, ...hint].join("\n"), json: results.map((each) => ({ ...each })) });
}

function wanted(name: string, text: string): string {
  return name.endsWith(".json") ? markedJson(text) : marked(text);
}

function stateOf(now: string | undefined, text: string): Synced {
  if (now === undefined) return "written";
  if (now === text) return "up to date";
  return isAsWritten(now) ? "written" : "edited";
}
