import type { RepoPath } from "@symbiotic-build/engine";
import type { RepositoryView } from "../repository-view.ts";

/** Where names stand in the code of a repository. */
export interface FoundNames {
  /** The files that define a name; those that have it where none defines it; none where it is not there. */
  readonly of: (kind: "name" | "endpoint", value: string) => readonly RepoPath[];
}

/** What may be asked for. */
export interface WantedNames {
  readonly names: ReadonlySet<string>;
  readonly endpoints: ReadonlySet<string>;
}

const CODE =
  /\.(?:[cm]?[jt]sx?|py|pyi|rb|go|rs|java|kt|kts|scala|cs|php|swift|c|h|cc|cpp|hpp|m|ex|exs|erl|clj|lua|sh|ps1|psm1|vue|svelte|sql|proto|graphql|gql|prisma|ya?ml|json)$/i;
const LARGEST = 1_000_000;
const WORD = /[A-Za-z_$][\w$]*/g;
const DEFINED =
  /\b(?:function|class|def|interface|type|enum|struct|trait|fn|func|const|let|var|module|object|protocol|record|message|service|model|table)\s+(?:\*\s*)?(?:if\s+not\s+exists\s+)?([A-Za-z_$][\w$]*)/gi;

/** Looks through the code once for all names that documents have. */
export function findNames({ files, read }: RepositoryView, { names, endpoints }: WantedNames): FoundNames {
  const [defined, mentioned, answered] = [new Places(), new Places(), new Places()];
  const starts = [...endpoints].map((value) => ({ value, start: value.split("*")[0] ?? value }));
  const wanted = names.size > 0 || endpoints.size > 0 ? files.filter((path) => CODE.test(path)) : [];
  for (const path of wanted) {
    const text = read(path) ?? "";
    if (text.length > LARGEST) continue;
    if (names.size > 0) {
      for (const [word] of text.matchAll(WORD)) if (names.has(word)) mentioned.add(word, path);
      for (const [, word = ""] of text.matchAll(DEFINED)) if (names.has(word)) defined.add(word, path);
    }
    for (const { value, start } of starts) if (start.length > 1 && text.includes(start)) answered.add(value, path);
  }
  return {
    of(kind, value) {
      if (kind === "endpoint") return answered.of(value);
      const at = defined.of(value);
      return at.length > 0 ? at : mentioned.of(value);
    },
  };
}

class Places {
  readonly #byName = new Map<string, Set<RepoPath>>();

  add(name: string, path: RepoPath): void {
    const known = this.#byName.get(name);
    if (known === undefined) this.#byName.set(name, new Set([path]));
    else known.add(path);
  }

  of(name: string): readonly RepoPath[] {
    return [...(this.#byName.get(name) ?? [])];
  }
}
