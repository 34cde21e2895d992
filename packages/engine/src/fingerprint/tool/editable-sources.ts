import { isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readIfThere } from "./host.ts";

/** The folder that a `direct_url.json` names, where it says that the installation is editable. */
export function editableUrl(text: string | undefined): string | undefined {
  if (text === undefined || !/"editable"\s*:\s*true/.test(text)) return undefined;
  const url = /"url"\s*:\s*"(file:[^"\\]*)"/.exec(text)?.[1];
  try {
    return url === undefined ? undefined : fileURLToPath(url);
  } catch {
    return undefined;
  }
}

/** Whether a RECORD lists the links of an editable installation. */
export function isEditableRecord(text: string): boolean {
  return /^"?__editable__/m.test(text);
}

/** The folders and files that the links in a RECORD lead to: lines of a `.pth`, or the table of a finder module. */
export function linkedSources(site: string, record: string): string[] {
  const names = record.split(/\r?\n/).map((row) => row.split(",")[0]?.replaceAll('"', "") ?? "");
  const links = names.filter((name) => /^__editable__[^/\\]*\.(?:pth|py)$/.test(name));
  return links.flatMap((name) => {
    const text = readIfThere(join(site, name)) ?? "";
    return (name.endsWith(".pth") ? addedLines(text) : tableOf(text))
      .filter((path) => isAbsolute(path))
      .map((path) => resolve(path));
  });
}

/** The lines of a `.pth` that add folders; its lines of code are not run. */
export function addedLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "" && !/^(?:#|import[ \t])/.test(line))
    .map((line) => line.trimEnd());
}

/** The values of `MAPPING = {'name': '/place'}`, as setuptools writes it. */
function tableOf(text: string): string[] {
  const table = /^MAPPING\b[^=\n]*=\s*\{(.*)\}/m.exec(text)?.[1] ?? "";
  return [...table.matchAll(/:\s*(["'])(.*?)\1/g)].map((match) => (match[2] ?? "").replaceAll("\\\\", "\\"));
}
