import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import { ok, type Result } from "../../core/result.ts";
import { records } from "../../workspace/git/records.ts";
import { gitOutput, type Repository } from "../../workspace/git/repository.ts";

/** Files and folders by which a repository tells agents what to do, at any depth. */
const AGENT_FILES = ["CLAUDE.md", "CLAUDE.local.md", "AGENTS.md", "AGENTS.override.md", "GEMINI.md", ".mcp.json"];
const AGENT_FOLDERS = [".claude", ".codex", ".gemini", ".agents"];

/** Whether a file tells agents what to do: such a file is that of the base, whatever the tree says. */
export function configuresAgents(path: RepoPath): boolean {
  const parts = path.toLowerCase().split("/");
  const isIn = (names: readonly string[], part: string): boolean => names.some((name) => name.toLowerCase() === part);
  return isIn(AGENT_FILES, parts.at(-1) ?? "") || parts.some((part) => isIn(AGENT_FOLDERS, part));
}

const LINK = "120000";

/**
 * Gives a tree that has none of it what configures agents, as it is at the base; nothing before the first commit. The paths of
 * what it wrote. Throws what the file system throws.
 */
export function putAgentFiles({ repository, base, tree }: AgentFiles): Result<readonly RepoPath[], Diagnostic> {
  const listed =
    base === null ? ok(Buffer.alloc(0)) : gitOutput(repository, ["ls-tree", "-r", "-z", "--full-tree", base]);
  if (!listed.ok) return listed;
  const written: RepoPath[] = [];
  for (const line of records(listed.value)) {
    const tab = line.indexOf("\t");
    const path = line.slice(tab + 1);
    const [mode = "", type, id = ""] = line.slice(0, tab).split(" ");
    if (type !== "blob" || !configuresAgents(path)) continue;
    const content = gitOutput(repository, ["cat-file", "blob", id]);
    if (!content.ok) return content;
    write(join(tree, path), mode, content.value);
    written.push(path);
  }
  return ok(written);
}

interface AgentFiles {
  readonly repository: Repository;
  readonly base: string | null;
  /** Absolute. */
  readonly tree: string;
}

function write(place: string, mode: string, content: Buffer): void {
  mkdirSync(dirname(place), { recursive: true });
  if (mode === LINK) symlinkSync(content.toString("utf8"), place);
  else writeFileSync(place, content, { mode: mode === "100755" ? 0o755 : 0o644 });
}
