import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import type { EmbeddedEntry, EmbeddedReport, EmbeddedRequest } from "./request.ts";
import { selectFiles } from "./select-files.ts";
import { readSource } from "./source.ts";

/** Formats the files of a request in memory and tells which would change. */
export function formatFiles(request: EmbeddedRequest): EmbeddedReport {
  const { files, notChecked } = selectFiles(request, "format");
  const workspace = new Workspace(request.options, PositionEncoding.Utf32);
  const entries: EmbeddedEntry[] = [];
  for (const file of files) {
    const source = readSource(file);
    if (source === undefined) notChecked.push(file);
    else entries.push(...format(workspace, file, source));
  }
  return { entries, notChecked };
}

function format(workspace: Workspace, file: string, source: string): EmbeddedEntry[] {
  try {
    if (workspace.format(source) === source) return [];
    return [{ code: "unformatted", message: "File would be reformatted", filename: file }];
  } catch (error) {
    return [notPython(file, source, error instanceof Error ? error.message : String(error))];
  }
}

/** The formatter says where by bytes from the start of the file. */
function notPython(file: string, source: string, said: string): EmbeddedEntry {
  const [, message = said, offset] = /^(?:Error: )?(.*) at byte range (\d+)\.\.\d+$/s.exec(said) ?? [];
  if (offset === undefined) return { code: "invalid-syntax", message, filename: file };
  const before = Buffer.from(source, "utf8").subarray(0, Number(offset)).toString("utf8").split("\n");
  const location = { row: before.length, column: [...(before.at(-1) ?? "")].length + 1 };
  return { code: "invalid-syntax", message, filename: file, location };
}
