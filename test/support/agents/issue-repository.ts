import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { startSymbiotic, symbiotic, type Ran, type Running } from "../binary.ts";
import { ROOT } from "../places.ts";
import { createRepository, type Files, type TestRepository } from "../repository.ts";
import { startAnthropic } from "./anthropic-stub.ts";
import { startOpenAI } from "./openai-stub.ts";
import { make } from "./repository.ts";
import type { Asked, Stub, Turn } from "./stub-server.ts";

/** What a stub answers for an issue: `fixes`: how often its work was sent back already. */
export type IssueScript = (issue: string, asked: Asked & { readonly fixes: number }) => Turn;

/** A repository with issues that Claude Code develops and Codex reviews. */
export interface IssueRepository extends AsyncDisposable {
  readonly repository: TestRepository;
  readonly developer: Stub;
  readonly reviewer: Stub;
  readonly env: Readonly<Record<string, string>>;
  run(...args: readonly string[]): Promise<Ran>;
  start(...args: readonly string[]): Running;
}

const CONFIG = { issues: { developer: "claude", reviewer: "codex" } };

/** What its agents do. */
interface IssueScripts {
  readonly develop: IssueScript;
  readonly review: IssueScript;
}

/** Makes it, and commits it. */
export function issueRepository(files: Files, scripts: IssueScripts): Promise<IssueRepository> {
  const repository = createRepository({
    ".gitignore": "node_modules/\n",
    "symbiotic.config.json": JSON.stringify(CONFIG),
    ...files,
  });
  return withAgents(repository, scripts);
}

/** Gives a repository the agents, beside what is installed there; it goes away with them. */
export async function withAgents(
  repository: TestRepository,
  { develop, review }: IssueScripts,
): Promise<IssueRepository> {
  // Commits are made in the user's name, which only git's settings may say.
  repository.git("config", "user.name", "Test");
  repository.git("config", "user.email", "test@example.com");
  mkdirSync(join(repository.root, "node_modules"), { recursive: true });
  const installed = join(ROOT, ".cache/agents/node_modules");
  for (const scope of ["@anthropic-ai", "@openai"])
    symlinkSync(join(installed, scope), join(repository.root, "node_modules", scope), "junction");
  const developer = await startAnthropic((asked) => develop(issueIn(asked), { ...asked, fixes: fixesIn(asked) }));
  const reviewer = await startOpenAI((asked) => review(issueIn(asked), { ...asked, fixes: fixesIn(asked) }));
  const env = {
    ...{ ANTHROPIC_API_KEY: "dummy", ANTHROPIC_BASE_URL: developer.url, SYMBIOTIC_PRIVATE_ENDPOINTS: "1" },
    ...{ OPENAI_API_KEY: "dummy", OPENAI_BASE_URL: reviewer.url },
  };
  return {
    ...{ repository, developer, reviewer, env },
    run: (...args) => symbiotic(repository, ["issues", ...args], { env }),
    start: (...args) => startSymbiotic(repository, ["issues", ...args], { env }),
    async [Symbol.asyncDispose]() {
      await developer[Symbol.asyncDispose]();
      await reviewer[Symbol.asyncDispose]();
      repository[Symbol.dispose]();
    },
  };
}

/** The issue that a request is about: it names the document. */
function issueIn({ body }: Asked): string {
  return /docs\/projects\/[^"\\ ]*\/([A-Z]\d-\d+)[\w-]*\.md/.exec(JSON.stringify(body))?.[1] ?? "?";
}

function fixesIn({ body }: Asked): number {
  return JSON.stringify(body).includes("has to be mended") ? 1 : 0;
}

/** An issue document as text. */
export function issueDocument(
  id: string,
  { blockedBy = [], verify = [] }: { readonly blockedBy?: readonly string[]; readonly verify?: readonly string[] } = {},
): string {
  return [
    "---",
    ...[`id: ${id}`, `title: "Add ${id.toLowerCase()}: the module"`, "state: todo", "milestone: M1"],
    `blocked_by: [${blockedBy.join(", ")}]`,
    "---",
    ...[
      "",
      "# What",
      "",
      `Add the module of ${id}.`,
      "",
      "## Acceptance",
      "",
      `- [ ] the module of ${id} is there`,
      "",
    ],
    ...(verify.length === 0 ? [] : ["## Verification", "", ...verify.map((command) => `- \`${command}\``), ""]),
  ].join("\n");
}

/** A file as the developer's model makes it. */
export function file(path: string, text: string): Turn {
  return make("claude", path, text);
}

/** The reply of the developer's model. */
export function developed(status: "pass" | "failed" | "deferred" = "pass", more: object = {}): Turn {
  const lists = {
    stack_branches: [],
    draft_prs: [],
    tests_run: [],
    docs_updated: [],
    deferred: [],
    open_questions: [],
  };
  return { calls: [{ name: "StructuredOutput", input: { status, branch: "x", worktree: null, ...lists, ...more } }] };
}

/** The reply of the reviewer's model. */
export function reviewed(status: "pass" | "changes_required" | "blocked", issues: readonly object[] = []): Turn {
  const rest = { required_actions: [], followups: [], review_doc_path: "", review_entry_written: false };
  return { text: JSON.stringify({ status, summary: `It is ${status}.`, issues, ...rest, confidence: "high" }) };
}

/** What a reviewer finds. */
export function found(severity: string, title: string): object {
  return { severity, title, details: "see there", evidence: ["src/a.py:1"] };
}
