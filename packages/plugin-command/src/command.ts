import { ancestors, joinRepo, type Command, type CommandAtom, type RepoPath } from "@symbiotic-build/engine";
import { inputsOf } from "./inputs.ts";
import { paramsOf, type StartContext } from "./params.ts";

/** What every atom of the configuration is made from. */
export const command: CommandAtom<null, null> = {
  kind: "check",
  title: "command",
  describe: "Run a command of the configuration",
  inputs: (context) => inputsOf(paramsOf(context), context.project),
  outputs: (context) => paramsOf(context).outputs,
  command: commandOf,
};

function commandOf(context: StartContext): Command {
  const { command: written, env } = paramsOf(context);
  const programs = programFolders(context.project.root);
  if (typeof written === "string") return { argv: [written], shell: true, env, programs };
  const [program = "", ...args] = written;
  return { argv: [program, ...args], env, programs };
}

/** Where what a project has installed lies, nearest first: in its folder and in those above. */
function programFolders(root: RepoPath): RepoPath[] {
  return ancestors(root).flatMap((folder) => INSTALLED.map((place) => joinRepo(folder, place)));
}

const INSTALLED = ["node_modules/.bin", ".venv/bin", ".venv/Scripts"];
