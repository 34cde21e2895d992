import { fail, joinRepo, ok, type Inspect, type RepoPath } from "@symbiotic-build/engine";
import {
  PYTHON_MANIFESTS,
  pythonManifest,
  readToml,
  tableAt,
  textAt,
  textsAt,
  type Table,
} from "@symbiotic-build/validator";
import type { PipLicensesOptions } from "./options.ts";

/** What the plugin knows of a project. */
export type PipLicensesFacts = {
  /** The file that findings are about; `null` for a project that is none of Python. */
  readonly manifest: RepoPath | null;
  /** What is allowed and what is not, from the options, else from `[tool.pip-licenses]`; `null` where nobody says. */
  readonly allow: readonly string[] | null;
  readonly deny: readonly string[] | null;
  /** What else that table says and counts here, as arguments. */
  readonly args: readonly string[];
};

/** Reads a project's settings for pip-licenses. */
export const inspect: Inspect<PipLicensesOptions, PipLicensesFacts> = {
  texts: ["pyproject.toml"],
  paths: PYTHON_MANIFESTS,
  facts({ project, texts, paths, options }) {
    const source = texts.find(({ path }) => path === joinRepo(project.root, "pyproject.toml"));
    const toml = source === undefined ? ok({}) : readToml(source);
    if (!toml.ok) return fail([toml.error]);
    const table = tableAt(toml.value, "tool", "pip-licenses");
    return ok({
      manifest: pythonManifest(project, paths),
      allow: options.allow ?? listAt(table, "allow-only"),
      deny: options.deny ?? listAt(table, "fail-on"),
      args: argumentsOf(table),
    });
  },
};

/** pip-licenses separates with `;`; with `partial-match` a part of the name is enough. */
function listAt(table: Table | undefined, key: string): readonly string[] | null {
  const text = textAt(table, key);
  if (text === undefined) return null;
  const names = text.split(";").flatMap((part) => (part.trim() === "" ? [] : [part.trim()]));
  return table?.["partial-match"] === true ? names.map((name) => `*${name}*`) : names;
}

/** What decides which packages are looked at, and where their licence is read. The form of the output is ours. */
function argumentsOf(table: Table | undefined): readonly string[] {
  const from = textAt(table, "from");
  const lists = ["ignore-packages", "packages"].flatMap((key) => {
    const names = textsAt(table, key);
    return names.length === 0 ? [] : [`--${key}`, ...names];
  });
  return [
    ...(from === undefined || from === "all" ? [] : ["--from", from]),
    ...(table?.["with-system"] === true ? ["--with-system"] : []),
    ...lists,
  ];
}
