import fc from "fast-check";
import { expect, test } from "vitest";
import { judgeGraphite } from "./judge-graphite.ts";
import type { GraphiteRules } from "./ownership.ts";

/** main <- a <- b <- theirs; main <- c <- d, of which d is not ours. */
const RULES: GraphiteRules = {
  ownBranches: ["a", "b", "c", "new"],
  parents: { main: null, a: "main", b: "a", theirs: "b", c: "main", d: "c", onTheirs: "theirs", e: "theirs" },
};
const END = "--no-interactive";
const DRAFT = "submit --draft --no-stack --no-edit --no-interactive";

function judged(line: string, rules: GraphiteRules = RULES): string | undefined {
  return judgeGraphite(["gt", ...line.split(" ").filter(Boolean)], rules)?.code;
}

test.each([
  ...[
    "state",
    "state --no-interactive",
    "log",
    "log short --all",
    "log long --steps 3",
    "info a",
    "info --branch d --body",
  ],
  ...["parent", "children --quiet", "trunk", "--version", "--help"],
  ...[`sync --no-restack ${END}`, `sync ${END} --no-restack --no-verify`, `track a --parent main ${END}`],
  ...[`track new --parent theirs ${END}`, `restack --only --branch a ${END}`],
  ...[`${DRAFT} --branch b`, `${DRAFT} --branch c --dry-run --no-ai --update-only --no-verify`],
])("`gt %s` may be run", (line) => {
  expect(judged(line)).toBeUndefined();
});

test.each([
  // Everything is moved, or overwritten.
  ...[`sync ${END}`, `sync --restack ${END}`, `sync --no-restack --restack ${END}`, `sync --no-restack --force ${END}`],
  ...[`sync --no-restack -f ${END}`, `sync --no-restack --all ${END}`, `sync --no-restack --delete-all ${END}`],
  ...[
    `sync --no-restack=false ${END}`,
    `sync --restack=false ${END}`,
    `sync --no-restack false ${END}`,
    "sync --no-restack",
  ],
  ...[`sync -fd --no-restack ${END}`, `sync --no-restack --deleteAll ${END}`, `sync --no-restack --interactive`],
  ...[`restack ${END}`, `restack --upstack --branch a ${END}`, `restack --only ${END}`, `restack --branch a ${END}`],
  ...[
    `restack -o --branch a ${END}`,
    `restack --only --branch=a ${END}`,
    `restack --only --branch a --branch theirs ${END}`,
  ],
  // Others.
  ...[
    "move --onto main",
    "delete a",
    "fold",
    "absorb",
    "squash",
    "split",
    "reorder",
    "pop",
    "rename x",
    "undo --force",
  ],
  ...[
    "modify -a",
    "create x -am y",
    "get a",
    "merge",
    "init --trunk main",
    "auth --token x",
    "config",
    "aliases --reset",
  ],
  ...[
    "continue",
    "abort --force",
    "unlink",
    "untrack a",
    "revert x",
    "freeze a",
    "push",
    "add .",
    "rebase",
    "bogus",
    "demo",
  ],
  // What users can give another meaning.
  ...[
    "s",
    "ss",
    "r",
    "m",
    "c",
    "l",
    "ls",
    "ll",
    "dl",
    "g",
    "sq",
    "tr",
    "SUBMIT",
    "Sync",
    "constructor",
    "__proto__",
    "",
  ],
  // Elsewhere, or with more than is known.
  ...["--cwd /x state", "state --cwd /x", "-C /x state", "--debug state", "log --json", "log short long", "info a b"],
  ...[
    `${DRAFT} --branch b --force`,
    `${DRAFT} --branch b -f`,
    `${DRAFT} --branch b --merge-when-ready`,
    `${DRAFT} -m --branch b`,
  ],
  ...[`${DRAFT} --branch b --restack`, `${DRAFT} --branch b --web`, `${DRAFT} --branch=b`, DRAFT, `${DRAFT} --branch`],
  ...[`${DRAFT} --branch --always`, `${DRAFT} --publish --branch b`, `${DRAFT} --stack --branch b`],
  ...[
    `submit --branch b --no-stack ${END}`,
    `submit --branch b --draft ${END}`,
    "submit --branch b --draft --no-stack",
  ],
  ...[`track a ${END}`, `track a -p main ${END}`, `track a --parent main --force ${END}`, "track a --parent main"],
])("`gt %s` is none of what may be run", (line) => {
  expect(judged(line)).toBe("SYM5025");
});

test.each([
  ...[`${DRAFT} --branch d`, `${DRAFT} --branch theirs`, `${DRAFT} --branch onTheirs`, `${DRAFT} --branch nobody`],
  ...[`${DRAFT} --branch e`, `${DRAFT.replace("--no-stack", "--stack")} --branch a`, `${DRAFT} --branch main2`],
  ...[`track theirs --parent main ${END}`, `track --parent main ${END}`, `restack --only --branch d ${END}`],
])("`gt %s` touches what is not ours", (line) => {
  expect(judged(line)).toBe("SYM5027");
});

test("of a branch that is ours, those below it have to be ours as well", () => {
  expect(
    judgeGraphite(["gt", ...DRAFT.split(" "), "--branch", "new"], {
      ...RULES,
      parents: { ...RULES.parents, new: "theirs" },
    }),
  ).toEqual({
    code: "SYM5027",
    message: "`gt submit` is refused: it touches theirs, which is not ours",
  });
  expect(judged(`${DRAFT} --branch b`, { ownBranches: ["b"], parents: RULES.parents! })).toBe("SYM5027");
  expect(judged(`${DRAFT} --branch b`, { ownBranches: RULES.ownBranches })).toBe("SYM5027");
  expect(judged(`${DRAFT} --branch x`, { ownBranches: ["x", "y"], parents: { x: "y", y: "x" } })).toBeUndefined();
});

test("with the branches above it, these have to be ours, too", () => {
  const rules = { ownBranches: ["a", "b"], parents: { main: null, a: "main", b: "a" } };
  expect(judged(`${DRAFT.replace("--no-stack", "--stack")} --branch a`, rules)).toBeUndefined();
  expect(judged(`${DRAFT.replace("--no-stack", "--stack")} --branch a`, { ...rules, ownBranches: ["a"] })).toBe(
    "SYM5027",
  );
});

test("publishing and what is not ours take an approval each, and forcing none helps", () => {
  const publish = `${DRAFT.replace("--draft", "--publish")} --branch b`;
  expect(judged(publish)).toBe("SYM5026");
  expect(judged(publish, { ...RULES, approved: ["others"] })).toBe("SYM5026");
  expect(judged(publish, { ...RULES, approved: ["publish"] })).toBeUndefined();
  expect(judged(`${DRAFT} --branch theirs`, { ...RULES, approved: ["publish"] })).toBe("SYM5027");
  expect(judged(`${DRAFT} --branch theirs`, { ...RULES, approved: ["others"] })).toBeUndefined();
  for (const line of [`${publish} --force`, `sync ${END}`, `restack ${END}`, "delete a"])
    expect(judged(line, { ...RULES, approved: ["others", "publish"] })).toBe("SYM5025");
  expect(judged(`restack --only --branch d ${END}`, { ...RULES, approved: ["others"] })).toBe("SYM5027");
});

test("what is refused is said with its reason", () => {
  const said = (line: string) => judgeGraphite(["gt", ...line.split(" ")], RULES)?.message;
  expect(said("delete a")).toBe("`gt delete` is refused: it deletes branches");
  expect(said(`sync ${END}`)).toBe("`gt sync` is refused without `--no-restack`");
  expect(said("ss --draft")).toMatch(/^`gt ss` is refused: it is none of state, .* written in full$/);
  expect(said(`sync --no-restack ${END} --force`)).toBe(
    "`gt sync` is refused with `--force`: it is none of what it may be called with",
  );
});

test("whatever is added to a command that may be run, nothing that moves, forces or deletes comes of it", () => {
  const dangerous = [
    "--force",
    "-f",
    "--restack",
    "--delete-all",
    "-d",
    "--all",
    "--publish",
    "-p",
    "--always",
    "-fp",
    "--force=true",
    "--no-no-restack",
  ];
  const base = fc.constantFrom(
    `sync --no-restack ${END}`,
    `${DRAFT} --branch b`,
    `track a --parent main ${END}`,
    `restack --only --branch a ${END}`,
  );
  fc.assert(
    fc.property(base, fc.constantFrom(...dangerous), fc.nat(9), (line, more, at) => {
      const words = line.split(" ");
      words.splice(1 + (at % words.length), 0, more);
      expect(judgeGraphite(["gt", ...words], RULES)).toBeDefined();
    }),
  );
});

test("for any words there is an answer, and it is the same twice", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom("sync", "submit", "--draft", "a"))), (words) => {
      expect(judgeGraphite(words, RULES)).toEqual(judgeGraphite(words, RULES));
    }),
  );
});
