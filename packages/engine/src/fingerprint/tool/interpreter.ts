import { spawnSync } from "node:child_process";
import { delimiter, dirname, isAbsolute, join, relative } from "node:path";
import type { PythonEnvironment } from "./environment.ts";
import { behind } from "./hold.ts";
import { readIfThere, variable, WINDOWS, type Host } from "./host.ts";
import { realPath, recall, stampOf, type Memo } from "./memo.ts";

/** What an interpreter says of itself. */
export interface InterpreterFacts {
  /** The interpreter itself, absolute: where a shim led to. */
  readonly executable: string;
  /** `cpython`. */
  readonly implementation: string;
  /** In full: `3.14.0rc2`. */
  readonly version: string;
  /** What compiled modules must match: `cpython-311-x86_64-linux-gnu`. */
  readonly abi: string;
  /** The folders in which it finds installed distributions, in its order, absolute. */
  readonly sites: readonly string[];
}

/** The same as JSON: an interface may gain members, and so is none. */
type Answer = Pick<InterpreterFacts, keyof InterpreterFacts>;

/** What was said or remembered, checked by hand: every run passes here, and loading a validator takes longer than all of it. */
function readFacts(value: unknown): Answer | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { executable, implementation, version, abi, sites } = value as Readonly<Record<string, unknown>>;
  if (typeof executable !== "string" || typeof implementation !== "string") return undefined;
  if (typeof version !== "string" || typeof abi !== "string" || !Array.isArray(sites)) return undefined;
  if (!sites.every((site) => typeof site === "string")) return undefined;
  return { executable, implementation, version, abi, sites };
}

/** Isolated from variables and the work tree; the user's own site is added by the rule that `site` has for it. */
const SCRIPT = `
import json, os, site, sys, sysconfig
v = sys.version_info
level = {"alpha": "a", "beta": "b", "candidate": "rc"}.get(v.releaselevel)
version = "%d.%d.%d" % v[:3] + (level + str(v.serial) if level else "")
try:
    sites = site.getsitepackages()
except AttributeError:
    sites = [p for p in sys.path if os.path.basename(p) in ("site-packages", "dist-packages")]
known = set(map(os.path.realpath, sys.path))
sites = [p for p in sites if os.path.realpath(p) in known]
venv = sys.prefix != sys.base_prefix
own = [p for p in sites if venv and os.path.realpath(p).startswith(os.path.realpath(sys.prefix) + os.sep)]
shared = not venv or len(own) < len(sites)
user = site.getusersitepackages() if shared and "PYTHONNOUSERSITE" not in os.environ else None
if user and os.path.isdir(user):
    sites.insert(len(own), user)
abi = sysconfig.get_config_var("SOABI") or sysconfig.get_config_var("EXT_SUFFIX") or ""
print(json.dumps({"executable": sys.executable, "implementation": sys.implementation.name, "version": version, "abi": abi, "sites": sites}))
`;

/** Files by which version managers choose what a shim starts. */
const SELECTORS = [".python-version", ".tool-versions", "mise.toml", ".mise.toml"];
const SELECTING = /^(?:PYENV_|ASDF_|MISE_|PYTHONNOUSERSITE$|PYTHONUSERBASE$)/;

/**
 * What an environment's interpreter says of itself; it is asked once and then remembered while it, its `pyvenv.cfg` and
 * what chooses it look untouched. Nothing where it does not run or is no Python 3.
 */
export function interpreterFacts(environment: PythonEnvironment, host: Host, memo: Memo): InterpreterFacts | undefined {
  const facts = recall(memo, {
    key: `python:${environment.python}`,
    stamp: stampOfInterpreter(environment, host),
    read: readFacts,
    learn: () => ask(environment.python, host),
  });
  return facts && { ...facts, sites: [...foldersOfPythonPath(host), ...facts.sites] };
}

/** How everything looks that decides which interpreter a program found on PATH, a shim maybe, will start. */
export function stampOfSelection(host: Host): string {
  const folders = [...foldersAbove(host.root), host.home];
  const files = folders.flatMap((folder) => SELECTORS.map((name) => join(folder, name)));
  const pyenv = variable(host, "PYENV_ROOT") ?? join(host.home, ".pyenv");
  const stamps = [...files, join(pyenv, "version"), join(host.home, ".config", "mise", "config.toml")].map(stampOf);
  const variables = Object.entries(host.env).filter(([name]) => SELECTING.test(name));
  return JSON.stringify([stamps.map((stamp) => stamp ?? ""), variables.sort(), variable(host, "PATH") ?? ""]);
}

function stampOfInterpreter(environment: PythonEnvironment, host: Host): string {
  const { directory, python } = environment;
  const own = stampOf(realPath(python) ?? python) ?? "";
  if (directory === null) return JSON.stringify([own, host.home, stampOfSelection(host)]);
  const configuration = join(directory, "pyvenv.cfg");
  const base = /^home\s*=\s*(.+?)\s*$/m.exec(readIfThere(configuration) ?? "")?.[1];
  // On Windows an environment's python.exe only starts the one it was made from.
  const maker = base !== undefined && WINDOWS ? stampOf(join(base, "python.exe")) : "";
  return JSON.stringify([
    own,
    host.home,
    stampOf(configuration) ?? "",
    maker ?? "",
    variable(host, "PYTHONNOUSERSITE") ?? "",
  ]);
}

function ask(python: string, host: Host): Answer | undefined {
  const held = host.hold?.({ programs: [python], writes: [] });
  const [program, ...args] = behind(held, [python, "-I", "-c", SCRIPT], { cwd: host.root });
  const done = spawnSync(program, args, {
    cwd: host.root,
    env: host.env,
    encoding: "utf8",
    timeout: 30_000,
    windowsHide: true,
  });
  if (done.status !== 0) return undefined;
  try {
    return readFacts(JSON.parse(done.stdout));
  } catch {
    return undefined;
  }
}

/** PYTHONPATH may lead to installed distributions; what it names inside the repository is source, and an input. */
function foldersOfPythonPath(host: Host): string[] {
  const folders = (variable(host, "PYTHONPATH") ?? "").split(delimiter).filter(isAbsolute);
  return folders.filter(
    (folder) => relative(host.root, folder).startsWith("..") || isAbsolute(relative(host.root, folder)),
  );
}

function foldersAbove(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersAbove(above)];
}
