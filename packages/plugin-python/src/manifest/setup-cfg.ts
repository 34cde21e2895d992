import type { SourceText } from "@symbiotic-build/engine";
import { normalizeName } from "../names.ts";
import { emptyManifest, type Manifest } from "./manifest.ts";
import { parseRequirements } from "./requirement.ts";

const LISTS = ["install_requires", "setup_requires", "tests_require"];

/** Reads a `setup.cfg`. Without a name or `[options]` it only configures tools, and declares no project. */
export function readSetupCfg(file: SourceText): Manifest {
  const sections = parseIni(file.text);
  const options = sections.get("options");
  const extras = sections.get("options.extras_require");
  const written = sections.get("metadata")?.get("name");
  const name = written === undefined ? undefined : normalizeName(written.trim());
  const values = [...LISTS.map((key) => options?.get(key) ?? ""), ...(extras?.values() ?? [])];
  return {
    ...emptyManifest(file.path),
    declares: written !== undefined || options !== undefined,
    ...(name !== undefined && { name }),
    managers: written !== undefined || options !== undefined ? ["setuptools"] : [],
    requirements: parseRequirements(values.flatMap(specifiers)),
    includes: values.flatMap(files),
  };
}

/** A list is a line each, or one line with semicolons, which also begin a marker: what follows one may name nothing. */
function specifiers(value: string): string[] {
  if (isFile(value)) return [];
  const lines = value.split("\n").filter((line) => line.trim() !== "");
  return lines.length === 1 ? value.split(";") : lines;
}

function files(value: string): string[] {
  if (!isFile(value)) return [];
  return value
    .trim()
    .slice("file:".length)
    .split(",")
    .map((path) => path.trim())
    .filter((path) => path !== "");
}

function isFile(value: string): boolean {
  return value.trimStart().startsWith("file:");
}

type Sections = Map<string, Map<string, string>>;

/** The sections of an INI file as Python's configparser reads them; lines that it would refuse are left out. */
function parseIni(text: string): Sections {
  const sections: Sections = new Map();
  let section: Map<string, string> | undefined;
  let key = "";
  for (const line of text.split(/\r?\n/)) {
    const header = /^\[([^\]]+)\]/.exec(line)?.[1];
    const entry = /^([^\s#;=:[][^=:]*?)\s*[=:]\s*(.*)$/.exec(line);
    if (/^\s*(?:[#;].*)?$/.test(line)) continue;
    if (header !== undefined) {
      section = sections.get(header) ?? new Map<string, string>();
      sections.set(header, section);
      key = "";
    } else if (entry) {
      key = (entry[1] ?? "").toLowerCase();
      section?.set(key, entry[2] ?? "");
    } else if (/^\s/.test(line) && key !== "") {
      section?.set(key, `${section.get(key) ?? ""}\n${line.trim()}`);
    }
  }
  return sections;
}
