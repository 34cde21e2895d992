import { relative } from "node:path";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { openRepository, type Repository } from "../../workspace/git/repository.ts";
import type { CliCommand, CliContext, CliOutput } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { HOOKS, type HookName } from "./hook/hook-script.ts";
import { hooksFolder, type HooksFolder } from "./hook/hooks-folder.ts";
import { foreignHook, installHook, uninstallHook, type HookChange } from "./hook/install.ts";

const ACTIONS = ["install", "uninstall", "import"];

/** `symbiotic hook`: git hooks that run the gates, and what pre-commit was configured to run. */
export const hookCommand: CliCommand = {
  name: "hook",
  summary: "run the gates in git hooks: install, uninstall, import from pre-commit",
  usage: "install|uninstall|import [options]",
  describe:
    "`install` writes a hook that checks what is committed, or pushed; `import` tells what .pre-commit-config.yaml becomes as a configuration.",
  positionals: { least: 1, most: 2, what: "one of install, uninstall, import" },
  options: {
    "pre-commit": { kind: "flag", describe: "the hook before a commit: run gates --staged (the default)" },
    "pre-push": { kind: "flag", describe: "the hook before a push: run gates --affected" },
    force: { kind: "flag", describe: "take the place of a hook that somebody else wrote, which is kept beside" },
    write: { kind: "flag", describe: "of import: write symbiotic.config.ts, if the repository has no configuration" },
  },
  examples: [
    ["symbiotic hook install", "check each commit, as it will be committed"],
    ["symbiotic hook install --pre-commit --pre-push", "and each push"],
    ["symbiotic hook uninstall", "take both away, and put back what was there before"],
    ["symbiotic hook import", "see the hooks of .pre-commit-config.yaml as a configuration"],
  ],
  async run(parsed, context) {
    const [action = "", file] = parsed.positionals;
    const wrong = wrongUse(action, file, parsed);
    if (wrong !== undefined) return fail([wrong]);
    const repository = openRepository(context.cwd, context.environment.variables);
    if (!repository.ok) return fail([repository.error]);
    if (action === "import") {
      const { importPreCommit } = await import("./hook/import.ts");
      const { cwd, write: print } = context;
      return importPreCommit(repository.value, { file, cwd, print, write: parsed.flags.has("write") });
    }
    const folder = hooksFolder(repository.value);
    if (!folder.ok) return fail([folder.error]);
    const changes = change(action, parsed, { folder: folder.value, context });
    return changes.ok ? ok(told(changes.value, repository.value)) : changes;
  },
};

function wrongUse(action: string, file: string | undefined, { flags }: Parsed): Diagnostic | undefined {
  if (!ACTIONS.includes(action))
    return errorOf("SYM2007", `\`symbiotic hook\` has no \`${action}\``, { hint: `one of ${ACTIONS.join(", ")}` });
  const allowed: Readonly<Record<string, readonly string[]>> = {
    install: ["pre-commit", "pre-push", "force"],
    uninstall: ["pre-commit", "pre-push"],
    import: ["write"],
  };
  const other = [...flags].find((flag) => !["json", ...(allowed[action] ?? [])].includes(flag));
  const surplus = other === undefined ? (action === "import" ? undefined : file) : `--${other}`;
  return surplus === undefined
    ? undefined
    : errorOf("SYM2006", `\`symbiotic hook ${action}\` does not take \`${surplus}\``, {
        hint: "`symbiotic hook --help` explains it",
      });
}

function change(
  action: string,
  { flags }: Parsed,
  { folder, context }: { readonly folder: HooksFolder; readonly context: CliContext },
): Result<readonly HookChange[], readonly Diagnostic[]> {
  const all = Object.keys(HOOKS) as HookName[];
  const asked = all.filter((name) => flags.has(name));
  const standard = action === "install" ? all.slice(0, 1) : all;
  const names = asked.length > 0 ? asked : standard;
  try {
    if (action === "uninstall") return ok(names.map((name) => uninstallHook(name, folder)));
    const foreign = flags.has("force") ? [] : names.flatMap((name) => foreignHook(name, folder) ?? []);
    if (foreign.length > 0) return fail(foreign);
    const { node, binary } = context;
    return ok(names.map((name) => installHook(name, folder, { node, binary })));
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown)) throw thrown;
    return fail([
      errorOf("SYM2054", `the hooks cannot be written: ${thrown.message}`, {
        hint: `make ${folder.folder} a folder that you may write to`,
      }),
    ]);
  }
}

const SENTENCES: Readonly<Record<HookChange["state"], string>> = {
  installed: "installed",
  unchanged: "is there already",
  updated: "updated",
  removed: "removed",
  absent: "there was none",
  foreign: "left alone: symbiotic did not write it",
};

function told(changes: readonly HookChange[], { root }: Repository): CliOutput {
  const shown = (file: string): string => {
    const inside = relative(root, file);
    return inside.startsWith("..") ? file : inside.replaceAll("\\", "/");
  };
  const lines = changes.map(({ hook, state, file, backup }) => {
    const beside =
      backup === undefined
        ? ""
        : state === "removed"
          ? " · the one before it is back"
          : ` · the one before it is ${shown(backup)}`;
    return `${hook}  ${SENTENCES[state]}  ${shown(file)}${beside}`;
  });
  const json = changes.map(({ hook, state, file, backup }) => ({
    hook,
    state,
    file: shown(file),
    backup: backup === undefined ? null : shown(backup),
  }));
  return { exitCode: 0, text: lines.join("\n"), json: { hooks: json } };
}
