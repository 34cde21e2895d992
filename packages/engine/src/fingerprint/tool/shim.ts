import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { findOnPath, isProgram, programsOnPath, readIfThere, type Host } from "./host.ts";
import { realPath } from "./memo.ts";

/** A program that stands for others and chooses one of them when it is started. */
export interface Shim {
  readonly path: string;
  /** What put it there. */
  readonly manager: "pyenv" | "asdf" | "mise";
}

/** What a shim starts, as far as files tell: `next` is whatever comes after it on PATH. */
type Chosen = { readonly program: string } | { readonly next: true } | { readonly why: string };

/**
 * The first program of a name on PATH that a sandbox can be shown. A shim starts what lies elsewhere in the home, so it is that which is
 * taken, by the files that its manager reads and without starting anything: they may be an agent's. Outside of a sandbox a shim is as good.
 */
export function findShown(host: Host, name: string): string | undefined {
  if (host.hold === undefined) return findOnPath(host, name);
  const found = lookBehind(host, name);
  return found !== undefined && "program" in found ? found.program : undefined;
}

/** SYM8102 for the first of these names that only a shim answers to whose program is not known. */
export function hiddenByShim(host: Host, names: readonly string[]): Diagnostic | undefined {
  if (host.hold === undefined) return undefined;
  for (const name of names) {
    const found = lookBehind(host, name);
    if (found === undefined || !("shim" in found)) continue;
    const { path, manager } = found.shim;
    return errorOf(
      "SYM8102",
      `${path} is a shim of ${manager}, and the sandbox cannot be shown what it starts: ${found.why}`,
      {
        hint: "make a virtual environment in the project (`python3 -m venv .venv`), or put the folder of the program itself before the shims on PATH",
      },
    );
  }
  return undefined;
}

type Behind = { readonly program: string } | { readonly shim: Shim; readonly why: string };

function lookBehind(host: Host, name: string): Behind | undefined {
  for (const path of programsOnPath(host, name)) {
    const shim = shimAt(path);
    const chosen: Chosen = shim === undefined ? { program: path } : chosenBy(shim, host);
    if ("program" in chosen) return chosen;
    if ("why" in chosen && shim !== undefined) return { shim, why: chosen.why };
  }
  return undefined;
}

/** What a program is a shim of: each lies in the folder `shims` of its manager, and names it. */
function shimAt(path: string): Shim | undefined {
  if (basename(dirname(path)) !== "shims") return undefined;
  if (basename(realPath(path) ?? path) === "mise") return { path, manager: "mise" };
  const text = readIfThere(path)?.slice(0, 4096) ?? "";
  if (!text.startsWith("#!")) return undefined;
  if (/\basdf\b/.test(text)) return { path, manager: "asdf" };
  return /\bpyenv\b/.test(text) ? { path, manager: "pyenv" } : undefined;
}

function chosenBy({ path, manager }: Shim, host: Host): Chosen {
  const root = dirname(dirname(path));
  if (manager === "pyenv") {
    const named = versionsIn(host, ".python-version", (text) => wordsOf(text.split("\n"))) ?? globalOf(root);
    return firstOf(named, { folder: join(root, "versions"), program: basename(path) });
  }
  const plugins = pluginsOf(path, manager);
  const isOf = (line: string): boolean => plugins.includes(/^\s*(\S+)/.exec(line)?.[1] ?? "");
  const named = versionsIn(host, ".tool-versions", (text) => {
    const line = text.split("\n").find(isOf);
    return line === undefined ? undefined : wordsOf([line]).slice(1);
  });
  if (named === undefined) return { why: "no `.tool-versions` names a version of it" };
  const places = plugins.map((plugin) =>
    firstOf(named, { folder: join(root, "installs", plugin), program: basename(path) }),
  );
  return places.find((place) => !("why" in place)) ?? places[0] ?? { why: "it does not say of which plugin it is" };
}

/** A shim of asdf names in a comment the plugins that it is of. */
function pluginsOf(path: string, manager: Shim["manager"]): readonly string[] {
  const name = basename(path);
  if (manager === "mise") return /^(?:python|pip)/.test(name) ? ["python"] : [name];
  const named = [...(readIfThere(path) ?? "").matchAll(/^# asdf-plugin: (\S+)/gm)].map(([, plugin = ""]) => plugin);
  return [...new Set(named)].filter(isName);
}

function globalOf(root: string): readonly string[] {
  return wordsOf((readIfThere(join(root, "version")) ?? "system").split("\n"));
}

/** Versions as the nearest file names them, from the tree upwards and in the home. */
function versionsIn(
  host: Host,
  name: string,
  read: (text: string) => readonly string[] | undefined,
): readonly string[] | undefined {
  for (const folder of [...foldersAbove(host.root), host.home]) {
    const text = readIfThere(join(folder, name));
    const named = text === undefined ? undefined : read(text);
    if (named !== undefined && named.length > 0) return named;
  }
  return undefined;
}

function wordsOf(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.replace(/#.*/, "").split(/\s+/)).filter((word) => word !== "");
}

/** The program in the first version that has it. A text that is no name leads nowhere: it may be an agent's. */
function firstOf(
  versions: readonly string[],
  { folder, program }: { readonly folder: string; readonly program: string },
): Chosen {
  for (const version of versions) {
    if (version === "system") return { next: true };
    const installed = isName(version) ? installedAs(folder, version) : undefined;
    const path = installed === undefined ? undefined : join(folder, installed, "bin", program);
    if (path !== undefined && isProgram(path)) return { program: path };
  }
  return { why: `${versions.join(", ")} is not in ${folder}, or has no ${program}` };
}

/** `3.12` means the latest 3.12 that is there. */
function installedAs(folder: string, version: string): string | undefined {
  const names = namesIn(folder);
  if (names.includes(version)) return version;
  const parts = (name: string): number => Number(/^\.(\d+)$/.exec(name.slice(version.length))?.[1] ?? -1);
  const fitting = names.filter((name) => name.startsWith(`${version}.`) && parts(name) >= 0);
  return fitting.sort((one, other) => parts(other) - parts(one))[0];
}

function isName(text: string): boolean {
  return /^[A-Za-z0-9][\w.+-]*$/.test(text);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function foldersAbove(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersAbove(above)];
}
