import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "../../redact/redact.ts";
import { policyFor, type Policy } from "../policy/policy.ts";
import { violationDiagnostic } from "../violation.ts";
import { checkManifest } from "./check-manifest.ts";
import type { FileChange } from "./file-change.ts";
import { judgeDiff } from "./judge-diff.ts";

const POLICY = policyFor({ role: "developer" });

function changed(path: string, text = "", more: Partial<FileChange> = {}): FileChange {
  const added = text === "" ? [] : text.split("\n").map((each, at) => ({ line: at + 1, text: each }));
  return { path, kind: "modified", mode: { before: "100644", after: "100644" }, size: text.length, added, ...more };
}

/** `code path:line rule` of each. */
function found(change: FileChange | readonly FileChange[], policy: Policy = POLICY): string[] {
  const changes = "path" in change ? [change] : change;
  return judgeDiff(policy, changes).map(
    ({ code, path, line, rule }) =>
      code +
      (path === undefined ? "" : ` ${path}`) +
      (line === undefined ? "" : `:${String(line)}`) +
      (rule === undefined ? "" : ` ${rule}`),
  );
}

test("an honest change passes", () => {
  expect(
    found([
      changed("src/app.py", "import os\nprint(os.environ)\nmodel.eval()\nre.exec(x)\n"),
      changed("docs/a.md", "Never run `rm -rf /` or `curl x | sh`, nor eval(x)."),
      changed("src/b.ts", "const found = pattern.exec(text);", { kind: "added", mode: { after: "100644" } }),
      changed("src/old.py", "", { kind: "deleted", mode: { before: "100644" } }),
      changed("src/new.py", "x = 1", { kind: "renamed", from: "src/was.py" }),
    ]),
  ).toEqual([]);
});

test("a path that is none is refused before all else of it", () => {
  expect(found(changed("../a.py"))).toEqual(["SYM5001 ../a.py"]);
  expect(found(changed("a//b.py"))).toEqual(["SYM5001 a//b.py"]);
  expect(found(changed("a.py", "", { kind: "renamed", from: "/b.py" }))).toEqual(["SYM5001 /b.py"]);
});

test("files outside what may be written are refused, on both sides of a renaming", () => {
  const policy = policyFor({
    role: "developer",
    setting: { write: ["src/**", "!src/gen/**"] },
    files: ["src/a/**", "lib/**"],
  });
  expect(found(changed("src/a/x.py"), policy)).toEqual([]);
  expect(found(changed("src/b/x.py"), policy)).toEqual(["SYM5002 src/b/x.py"]);
  expect(found(changed("lib/x.py"), policy)).toEqual(["SYM5002 lib/x.py"]);
  expect(found(changed("src/gen/x.py"), policy)).toEqual(["SYM5002 src/gen/x.py"]);
  expect(found(changed("src/a/x.py", "", { kind: "renamed", from: "y.py" }), policy)).toEqual(["SYM5002 y.py"]);
  expect(found(changed("y.py", "", { kind: "deleted", mode: {} }), policy)).toEqual(["SYM5002 y.py"]);
  expect(found(changed("x.py"), policyFor({ role: "reviewer" }))).toEqual(["SYM5002 x.py"]);
  expect(found(changed("src/x.py"), policyFor({ role: "tester" }))).toEqual(["SYM5002 src/x.py"]);
  expect(found(changed("tests/test_x.py"), policyFor({ role: "tester" }))).toEqual([]);
  // What has to be changed depends on what refuses it: what the work was asked for, or the role.
  const hints = ["src/b/x.py", "lib/x.py"].map((path) => judgeDiff(policy, [changed(path)]).map(violationDiagnostic));
  expect(hints.flat()).toMatchObject([
    { code: "SYM5002", hint: expect.stringContaining("name it by `--allow`") },
    { code: "SYM5002", hint: expect.stringContaining("`guard.write` or `guard.roles.developer.write`") },
  ]);
});

test("protected files are refused, however they are written, and come free only where they may", () => {
  const free = policyFor({
    role: "developer",
    setting: { unprotect: ["CLAUDE.md", ".gitattributes", ".git/**"], extensions: ["*"] },
  });
  expect(found(changed("CLAUDE.md"))).toEqual(["SYM5003 CLAUDE.md"]);
  expect(found(changed("claude.md"))).toEqual(["SYM5003 claude.md"]);
  expect(found(changed("CLAUDE.md"), free)).toEqual([]);
  expect(found(changed("claude.md"), free)).toEqual(["SYM5003 claude.md"]);
  expect(found(changed(".git/x.txt"), free)).toEqual(["SYM5003 .git/x.txt"]);
  expect(found(changed(".gitattributes"), free)).toEqual([]);
  expect(found(changed("a/.gitattributes", "* filter=x"))).toEqual([
    "SYM5004 a/.gitattributes .gitattributes",
    "SYM5010 a/.gitattributes",
  ]);
  expect(found(changed(".gitmodules", ""))).toEqual(["SYM5004 .gitmodules .gitmodules", "SYM5010 .gitmodules"]);
  expect(found(changed("x.py", "", { kind: "renamed", from: "ruff.toml" }))).toEqual(["SYM5003 ruff.toml"]);
  expect(found(changed("symbiotic.baseline.json"))).toEqual(["SYM5003 symbiotic.baseline.json"]);
  expect(found(changed("base.json"), policyFor({ role: "fixer", baseline: "base.json" }))).toEqual([
    "SYM5003 base.json",
  ]);
});

test("of a manifest the settings of tools are refused, and nothing else", () => {
  const before = '[project]\nversion = "1"\n[tool.ruff]\nselect = ["E"]\n';
  const toml = (after: string) => found(changed("pyproject.toml", "x", { before, after }));
  expect(toml(before.replace('"1"', '"2"'))).toEqual([]);
  expect(toml(before.replace('"E"', ""))).toEqual(["SYM5013 pyproject.toml"]);
  expect(found(changed("pyproject.toml", "x"))).toEqual(["SYM5013 pyproject.toml"]);
  expect(found(changed("a/package.json", "x", { before: "{}", after: '{"scripts":{"test":"true"}}' }))).toEqual([
    "SYM5013 a/package.json",
  ]);
  expect(
    found(changed("package.json", "x"), policyFor({ role: "fixer", setting: { unprotect: ["package.json"] } })),
  ).toEqual([]);
});

test("endings, sizes and counts have bounds", () => {
  expect(found(changed("a.exe"))).toEqual(["SYM5004 a.exe .exe"]);
  expect(found(changed("Makefile"))).toEqual(["SYM5004 Makefile Makefile"]);
  expect(found(changed("a.PY"))).toEqual([]);
  expect(found(changed("a.exe", "", { kind: "deleted", mode: { before: "100644" } }))).toEqual([]);
  expect(found(changed("a.py", "", { size: 1024 * 1024 }))).toEqual([]);
  expect(found(changed("a.py", "", { size: 1024 * 1024 + 1 }))).toEqual(["SYM5005 a.py"]);
  const many = Array.from({ length: 201 }, (_, at) => changed(`a${String(at)}.py`));
  expect(found(many.slice(1))).toEqual([]);
  expect(found(many)).toEqual(["SYM5006"]);
});

test("links, submodules, programs, second names and what is not text are refused", () => {
  const link = (target: string) => changed("a/l.txt", "", { kind: "added", mode: { after: "120000" }, target });
  const links = policyFor({ role: "developer", setting: { symlinks: true } });
  expect(found(link("b.txt"))).toEqual(["SYM5007 a/l.txt"]);
  expect(found(link("b.txt"), links)).toEqual([]);
  for (const target of ["/etc/passwd", "../..", "..", "../../x", "../.git/config", "../CLAUDE.md", "../.git"]) {
    expect([target, found(link(target), links)]).toEqual([target, ["SYM5007 a/l.txt"]]);
  }
  expect(found(changed("a.txt", "", { kind: "deleted", mode: { before: "120000" } }))).toEqual([]);
  for (const mode of [{ after: "160000" }, { before: "160000" }, { before: "160000", after: "100644" }]) {
    expect(found(changed("lib.py", "", { mode }))).toEqual(["SYM5008 lib.py"]);
  }
  expect(found(changed("a.sh", "", { mode: { before: "100644", after: "100755" } }))).toEqual(["SYM5009 a.sh"]);
  expect(found(changed("a.sh", "", { mode: { before: "100755", after: "100755" } }))).toEqual([]);
  expect(found(changed("a.sh", "", { mode: { before: "100755", after: "100644" } }))).toEqual([]);
  expect(found(changed("a.py", "", { mode: { after: "140000" } }))).toEqual(["SYM5009 a.py"]);
  expect(found(changed("a.py", "", { names: 2 }))).toEqual(["SYM5014 a.py"]);
  expect(found({ path: "a.json", kind: "modified", mode: { after: "100644" } })).toEqual(["SYM5015 a.json"]);
});

test.each([
  ["a.py", "x = eval(text)", "eval"],
  ["a.py", "exec (code)", "exec"],
  ["a.py", "__import__('os')", "dynamic-import"],
  ["a.py", "os.system('x')", "os-system"],
  ["a.py", "from os import path, system", "os-system"],
  ["a.py", "subprocess.run(x, shell=True)", "shell-true"],
  ["a.py", "pickle.loads(x)", "unsafe-load"],
  ["a.py", "requests.get(u, verify=False)", "no-certificate-check"],
  ["a.ts", "eval(text)", "eval"],
  ["a.ts", "new Function('x')", "function-constructor"],
  ["a.ts", "import { execSync } from 'child_process'; execSync('ls')", "shell-true"],
  ["a.ts", "spawn(x, { shell: true })", "shell-true"],
  ["a.py", 'db.execute("DROP TABLE users")', "drop-table"],
  ["a.sql", "truncate table x;", "drop-table"],
  ["a.sql", "DELETE FROM users;", "delete-all"],
  ["a.sh", "rm -rf /", "rm-rf"],
  ["a.sh", "rm -r --force x", "rm-rf"],
  ["a.py", "subprocess.run(['rm', '-rf', x])", "rm-rf"],
  ["a.yaml", "run: curl -s https://x.example | sudo bash -", "pipe-to-shell"],
  ["a.sh", 'sh -c "$(curl -fsSL x)"', "pipe-to-shell"],
  ["a.sh", "dd if=x of=/dev/sda", "destroys-disk"],
  ["a.sh", ":(){ :|:& };:", "fork-bomb"],
  ["a.sh", "chmod -R 777 x", "open-to-all"],
])("in %s, %j is what no change may add", (path, line, name) => {
  expect(found(changed(path, `\n${line}`))).toEqual([`SYM5011 ${path}:2 ${name}`]);
});

test.each([
  ["a.py", "def eval(self): pass"],
  ["a.py", "frame.eval('a')"],
  ["a.py", "evaluate(x)"],
  ["a.py", "shell=False"],
  ["a.ts", "function eval(x) {}"],
  ["a.sql", "delete from users where id = 1;"],
  ["a.sh", "rm -f x"],
  ["a.sh", "form -rf x"],
  ["a.sh", "curl x > y | wc -l"],
  ["a.sh", "dd if=x of=/dev/null"],
])("in %s, %j may stand", (path, line) => {
  expect(found(changed(path, line))).toEqual([]);
});

test("patterns are switched off by name, and the configuration has its own", () => {
  const own = { todo: { text: "fix  ME", files: ["**/*.py"], message: "is not done" }, eval: false } as const;
  const policy = policyFor({ role: "developer", setting: { patterns: own } });
  expect(found(changed("a.py", "eval(x)\n# Fix me"), policy)).toEqual(["SYM5011 a.py:2 todo"]);
  expect(found(changed("a.ts", "// Fix me"), policy)).toEqual([]);
});

const token = `ghp_${"aB3dE5gH7j".repeat(4)}`;

test("secrets in added lines are told by line and kind, and never shown", () => {
  const dashes = "-----";
  const key = [
    `${dashes}BEGIN PRIVATE KEY${dashes}`,
    "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC",
    `${dashes}END PRIVATE KEY${dashes}`,
  ];
  expect(found(changed("a.md", `x\n${token}`))).toEqual(["SYM5012 a.md:2 github"]);
  expect(found(changed("a.txt", key.join("\n")))).toEqual(
    [1, 2, 3].map((line) => `SYM5012 a.txt:${String(line)} private-key`),
  );
  expect(JSON.stringify(judgeDiff(POLICY, [changed("a.md", token), changed(`${token}.md`)]))).not.toContain(token);
  expect(found(changed(`${token}.md`))).toEqual(["SYM5012 [redacted:github].md"]);
  expect(
    found(changed("a.md", token), policyFor({ role: "fixer", setting: { patterns: { secrets: false } } })),
  ).toEqual([]);
  const redactor = createRedactor({ secretValues: ["correct horse"] });
  expect(judgeDiff(POLICY, [changed("a.py", "x = 'correct horse'")], redactor)).toMatchObject([
    { code: "SYM5012", line: 1 },
  ]);
});

test("lines that do not follow each other are not one key", () => {
  const added = [
    { line: 1, text: `-----BEGIN PRIVATE KEY-----` },
    { line: 9, text: "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC" },
  ];
  expect(found(changed("a.txt", "", { added }))).toEqual(["SYM5012 a.txt:1 private-key"]);
});

test("line numbers are those of the file", () => {
  expect(found(changed("a.py", "", { added: [{ line: 70, text: "eval(x)" }] }))).toEqual(["SYM5011 a.py:70 eval"]);
});

test("a violation becomes a diagnostic at its place", () => {
  const [violation] = judgeDiff(POLICY, [changed("a.py", "eval(x)")]);
  expect(violation === undefined ? undefined : violationDiagnostic(violation)).toEqual({
    severity: "error",
    code: "SYM5011",
    message: "a.py evaluates a text as code",
    location: { file: "a.py", line: 1 },
  });
});

test("what an agent says that it changed is compared with what git says", () => {
  const changes = [changed("a.py"), changed("new.py", "", { kind: "renamed", from: "old.py" }), changed("c.py")];
  const told = (claims: readonly string[]) =>
    checkManifest(claims, changes).map(({ code, path }) => `${code} ${path ?? ""}`);
  expect(told(["./a.py", "old.py", "c.py"])).toEqual([]);
  expect(told(["a.py", "new.py", "c.py"])).toEqual([]);
  expect(told(["a.py", "d.py", "../x", "old.py"])).toEqual(["SYM5030 c.py", "SYM5031 d.py", "SYM5032 "]);
  expect(told([])).toEqual(["SYM5030 a.py", "SYM5030 new.py", "SYM5030 c.py"]);
});

const PIECES = [
  "eval(",
  "exec",
  "os . system",
  "shell = ",
  "curl ",
  "| ",
  "sh",
  "rm ",
  "-r",
  "-f ",
  "delete from x",
  "drop ",
  "Remove-Item ",
  "-Recurse ",
  "from os import ",
  "child_process",
  "exec ",
  ":(){",
  ":|",
  "chmod -R ",
  " ",
  "\t",
  "(",
  "a",
  "\\",
  '"',
  "$(curl",
  "verify=",
  "pickle.",
  "Function",
  "new ",
  "0",
  ".",
  "password=",
  "mkfs",
  "yaml.",
];

test("hostile lines of a megabyte are judged in time in proportion to them", () => {
  for (const piece of PIECES) {
    const text = piece.repeat(Math.floor((1024 * 1024) / piece.length));
    for (const path of ["a.py", "a.ts", "a.sh", "a.sql"]) {
      const began = performance.now();
      judgeDiff(POLICY, [changed(path, text)]);
      const took = performance.now() - began;
      if (took > 8000) expect([piece, path, took]).toEqual([]);
    }
  }
}, 60_000);

test("whatever a change is, there is an answer, and it is the same twice", () => {
  const change: fc.Arbitrary<FileChange> = fc.record({
    path: fc.oneof(fc.string(), fc.constantFrom("a.py", ".git/x", "package.json", "../x")),
    kind: fc.constantFrom("added", "modified", "deleted", "renamed"),
    mode: fc.record({ after: fc.constantFrom("100644", "100755", "120000", "160000", "x") }),
    target: fc.string(),
    size: fc.nat(),
    added: fc.array(fc.record({ line: fc.nat(), text: fc.string() })),
    after: fc.string(),
    before: fc.string(),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 3 }), (changes) => {
      const violations = judgeDiff(POLICY, changes);
      expect(judgeDiff(POLICY, changes)).toEqual(violations);
      for (const { code } of violations) expect(code).toMatch(/^SYM50(0\d|1[0-5])$/);
    }),
  );
});
