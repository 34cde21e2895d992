import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Scratch } from "../guard/scratch/scratch.ts";
import { pythonEnvironments } from "./installed.ts";
import type { Surroundings } from "./surroundings.ts";

const MOST_MS = 30_000;

/** Where the modules of editable installations come from, a line each. */
const WHERE = `
import importlib.metadata as m, importlib.util as u, json
for d in m.distributions():
    try:
        url = json.loads(d.read_text("direct_url.json") or "{}")
        if not url.get("dir_info", {}).get("editable"):
            continue
        names = (d.read_text("top_level.txt") or d.metadata["Name"].replace("-", "_")).split()
        for name in names:
            spec = u.find_spec(name)
            for place in [spec.origin or "", *(spec.submodule_search_locations or [])] if spec else []:
                print(place)
    except Exception:
        pass
`;

/**
 * Whether the environments that an agent has import the repository's own modules from its tree. An error where one of them would
 * import the user's: tests would then say nothing of what the agent wrote.
 */
export function checkImports(scratch: Scratch, { cwd, environment, wrap }: Surroundings): Result<void, Diagnostic> {
  for (const path of pythonEnvironments(scratch)) {
    const program = [join(cwd, path, "bin", "python"), join(cwd, path, "Scripts", "python.exe")].find((each) =>
      existsSync(each.replace(cwd, scratch.roots.from)),
    );
    if (program === undefined) continue;
    const [file, ...args] = wrap([program, "-I", "-c", WHERE]);
    const place = existsSync(cwd) ? cwd : scratch.folder;
    const answer = spawnSync(file, args, { cwd: place, env: environment, encoding: "utf8", timeout: MOST_MS });
    const foreign = answer.stdout.split("\n").find((line) => isForeign(line, scratch, cwd));
    if (foreign !== undefined) return fail(importsElsewhere(path, foreign));
  }
  return ok(undefined);
}

/** In the user's tree, and not in that of the agent, which may lie at the same place for it. */
function isForeign(place: string, { roots: { from } }: Scratch, cwd: string): boolean {
  return place !== "" && cwd !== from && isBelow(from, place) && !isBelow(cwd, place);
}

function isBelow(folder: string, place: string): boolean {
  const way = relative(folder, place);
  return !way.startsWith("..") && !isAbsolute(way);
}

function importsElsewhere(environment: string, place: string): Diagnostic {
  return errorOf("SYM5072", `the environment ${environment} would import ${place} and not what the agent writes`, {
    hint: "use a sandbox (bubblewrap), or install the project again: pip install -e .",
  });
}
