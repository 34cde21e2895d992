/** What a script does, as far as its name tells. */
export type ScriptClass = "check" | "edit" | "effect" | "other";

/** Scripts that the package manager itself starts. */
const LIFECYCLE = new Set([
  "preinstall",
  "install",
  "postinstall",
  "preprepare",
  "prepare",
  "postprepare",
  "prepublish",
  "prepublishOnly",
  "publish",
  "postpublish",
  "prepack",
  "postpack",
  "preversion",
  "version",
  "postversion",
  "preuninstall",
  "uninstall",
  "postuninstall",
  "preshrinkwrap",
  "shrinkwrap",
  "postshrinkwrap",
  "dependencies",
  "pnpm:devPreinstall",
]);

const CHECK =
  /^(?:lint|eslint|test|tests|unit|e2e|spec|typecheck|type-check|check|types|tsc|verify|validate|knip|publint|attw|depcheck|spellcheck)$/;
const CHECK_OF =
  /^(?:lint|test|tests|typecheck|type-check|check|verify|validate)[:._-]|[:._-](?:check|lint|test|typecheck)$/;
const EDIT =
  /^(?:format|fmt|prettier|fix|codemod|clean|clear)$|[:._-](?:fix|write|update|format|clean)$|^(?:fix|clean|update)[:._-]/;
const EFFECT = /^(?:release|deploy|publish|changeset)(?:[:._-]|$)|[:._-](?:release|deploy|publish)$/;
const PERSISTENT = /^(?:dev|start|serve|watch|preview|storybook)(?:[:._-]|$)|[:._-](?:dev|watch|serve)$/;
const WATCHES =
  /(?:^|\s)(?:--watch(?:-path)?(?![-\w]|=(?:false|0)\b)|--watchAll(?![-\w]|=false)|nodemon\b|next dev\b|(?:vite|astro|nuxt|remix|webpack|wrangler) (?:dev|serve|preview)\b|webpack-dev-server\b|tsx watch\b|tsc (?:-\w+ )*-w\b)|^vite$/;
const STARTS_PACKAGES =
  /(?:^|[\s;&|(])(?:turbo(?:repo)? (?:run )?[\w:-]|nx (?:run-many|affected|run)\b|lerna (?:run|exec)\b|lage\b|moon (?:run|ci|check)\b|rush (?:re)?build\b|(?:pnpm|pnpx) (?:-r|--recursive|-F|--filter|--workspace-root|-w)\b|npm (?:run|test|exec)\b[^;&|]*\s(?:-ws|--workspaces?|-w)\b|yarn workspaces?\b|bun (?:run )?--filter\b)/;
const STARTS_SYMBIOTIC = /(?:^|[\s;&|("'/])symbiotic(?:\.js)?["']?\s+(?:run|fix|watch|verify-inputs)\b/;
const PLACEHOLDER = /^echo\s+["']?Error: no test specified["']?\s*&&\s*exit 1$/;

/** Whether a package manager starts the script by itself, on an install or a publish. */
export function isLifecycle(name: string): boolean {
  return LIFECYCLE.has(name);
}

/** The class of a script with this name; `texts`: what it is in the packages that have it. */
export function classOf(name: string, texts: readonly string[]): ScriptClass {
  if (EFFECT.test(name)) return "effect";
  const writes = texts.some((text) => /\s--(?:write|fix)(?![-\w])/.test(text));
  const checks = texts.every((text) => /\s(?:--check|-c|--list-different|-l)(?![-\w])/.test(text));
  if (writes || (EDIT.test(name) && !checks)) return "edit";
  return CHECK.test(name) || CHECK_OF.test(name) || EDIT.test(name) ? "check" : "other";
}

/** Whether a script runs until somebody stops it, by its name or by what it is. */
export function isPersistent(name: string, text: string): boolean {
  return PERSISTENT.test(name) || WATCHES.test(text);
}

/** Whether a script has nothing to say: it is empty, or what `npm init` writes. */
export function isPlaceholder(text: string): boolean {
  return text.trim() === "" || PLACEHOLDER.test(text.trim());
}

/** Whether a script starts the scripts of other packages: then the graph would run them twice. */
export function startsPackages(text: string): boolean {
  return STARTS_PACKAGES.test(text);
}

/** The scripts that start this tool, themselves or through another script of the same package. */
export function startingSymbiotic(scripts: ReadonlyMap<string, string>): ReadonlySet<string> {
  const found = new Set([...scripts].flatMap(([name, text]) => (STARTS_SYMBIOTIC.test(text) ? [name] : [])));
  if (found.size === 0) return found;
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const [name, text] of scripts) if (started(text).some((each) => found.has(each))) found.add(name);
  }
  return found;
}

/** The names of scripts that a line starts through a package manager. */
function started(text: string): string[] {
  return [...text.matchAll(/(?:npm|pnpm|yarn|bun)\s+(?:run(?:-script)?\s+)?(?:-\S+\s+)*([\w:.-]+)/g)].map(
    ([, name = ""]) => name,
  );
}
