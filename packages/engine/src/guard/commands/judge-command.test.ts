import fc from "fast-check";
import { expect, test } from "vitest";
import type { CommandRules } from "./command-rules.ts";
import { DENIED_COMMANDS, ENGINE_COMMANDS, METACHARACTERS } from "./denied.ts";
import { judgeCommand, judgeCommandLine } from "./judge-command.ts";

const RULES: CommandRules = {
  allow: null,
  deny: [...DENIED_COMMANDS, ...ENGINE_COMMANDS],
  permit: [],
  metacharacters: METACHARACTERS,
};
/** So that what lies behind the filter is tried. */
const OPEN: CommandRules = { ...RULES, metacharacters: "" };

/** `ok`, or the code with which it is refused. */
function judged(argv: readonly string[], rules = RULES): string {
  const result = judgeCommand(rules, argv);
  return result.ok ? "ok" : result.error.code;
}

function judgedLine(line: string, rules = OPEN): string {
  const result = judgeCommandLine(rules, line);
  return result.ok ? "ok" : result.error.code;
}

test("there are 39 denied commands and 12 characters", () => {
  expect(new Set(DENIED_COMMANDS).size).toBe(39);
  expect(new Set(METACHARACTERS).size).toBe(12);
});

test.each(DENIED_COMMANDS)("%s is denied: by any path, in any case, with any ending, and within others", (name) => {
  const forms = [
    name,
    name.toUpperCase(),
    `/usr/bin/${name}`,
    `./${name}`,
    `C:\\bin\\${name}.EXE`,
    `${name}.exe`,
    `${name}.`,
    `../../bin/${name}`,
  ];
  for (const form of forms) expect([form, judged([form, "x"])]).toEqual([form, "SYM5020"]);
  const wrapped = [
    ["env", name],
    ["env", "-i", "-u", "A", "B=c", name],
    ["nohup", name, "x"],
    ["timeout", "-s", "KILL", "--foreground", "5", name],
    ["nice", "-n", "5", name],
    ["stdbuf", "-oL", name],
    ["xargs", "-0", "-n", "1", name],
    ["xargs", "-n1", name, "-x"],
    ["sh", "-c", name],
    ["bash", "-lc", `${name} x`],
    ["bash", "-O", "extglob", "-c", `"${name}" x`],
    ["env", "timeout", "5", "nohup", "sh", "-c", `nice ${name}`],
    ["find", ".", "-exec", name, "x"],
    ["fd", "-x", name],
    ["busybox", name],
    ["time", "-p", name],
    ["command", name],
    ["exec", "-a", "x", name],
    ["npx", "-y", name],
    ["npm", "exec", "--", name],
    ["uv", "run", "--with", "x", name],
    ["poetry", "run", name],
    ["git", "bisect", "run", name],
    ["cmd", "/c", name],
  ];
  for (const argv of wrapped) expect([argv, judged(argv)]).toEqual([argv, "SYM5020"]);
  expect(judged(["python", "-c", `print '${name}'`])).toBe("SYM5023");
});

test.each(ENGINE_COMMANDS)("%s is the engine's", (name) => {
  expect(judged(name.split(" "))).toBe("SYM5020");
});

test.each([...Array.from(METACHARACTERS), "\n", "\r"])("the character %j may stand in no word", (character) => {
  expect(judged(["pytest", `a${character}b`])).toBe("SYM5022");
  expect(judged([`py${character}test`])).toBe("SYM5022");
  expect(judgedLine(`echo 'a${character}b'`, RULES)).toBe("SYM5022");
});

test.each([
  [["pytest", "-q", "tests/test_a.py::test_b[1-2]"]],
  [["git", "diff", "--stat", "HEAD~1"]],
  [["git", "-C", "lib", "log", "--oneline"]],
  [["git", "log", "push"]],
  [["git", "grep", "commit"]],
  [["ls", "-la"]],
  [["env"]],
  [["env", "PYTHONPATH=src", "pytest"]],
  [["timeout", "60", "pytest", "-x"]],
  [["npm", "test"]],
  [["npm", "run", "build"]],
  [["pnpm", "install"]],
  [["uv", "run", "pytest"]],
  [["uv", "sync"]],
  [["python", "-m", "pytest", "-c", "x.cfg"]],
  [["python3.12", "script.py", "-c", "rm"]],
  [["python", "--version"]],
  [["python", "-c", "print 1"]],
  [["node", "-p", "1+1"]],
  [["node", "script.js", "-e", "x"]],
  [["bash", "scripts/build.sh", "rm"]],
  [["sh", "-e", "build.sh"]],
  [["find", ".", "-name", "*.py"]],
  [["grep", "-rn", "rm", "src"]],
  [["sed", "-n", "1,5p", "a.py"]],
  [["sed", "-i", "s/a/b/g", "a.py"]],
  [["xargs", "-0", "grep", "x"]],
  [["rmtool"]],
  [["perform"]],
  [["make", "-j4", "test"]],
])("%j may be run", (argv) => {
  expect(judged(argv)).toBe("ok");
});

test.each([
  [[], "SYM5024"],
  [[""], "SYM5024"],
  [[" "], "SYM5024"],
  [["a\0"], "SYM5024"],
  [["echo", "x".repeat(140_000)], "SYM5024"],
  [["env", "-S", "rm x"], "SYM5023"],
  [["env", "--what", "x", "rm"], "SYM5023"],
  [["env", "LD_PRELOAD=x", "ls"], "SYM5023"],
  [["env", "PATH=x", "ls"], "SYM5023"],
  [["env", "GIT_SSH_COMMAND=x", "git", "log"], "SYM5023"],
  [["timeout", "--odd", "5", "ls"], "SYM5023"],
  [["sh"], "SYM5023"],
  [["bash", "-s"], "SYM5023"],
  [["bash", "-i"], "SYM5023"],
  [["xargs", "sh", "-c", "ls"], "SYM5023"],
  [["xargs", "sh"], "SYM5023"],
  [["xargs", "env"], "SYM5023"],
  [["xargs", "nice"], "SYM5023"],
  [["find", ".", "-delete"], "SYM5020"],
  [["python"], "SYM5023"],
  [["python", "-"], "SYM5023"],
  [["python", "-W", "ignore", "-c", "import os; os.system"], "SYM5022"],
  [["python", "-W", "ignore", "-c", "import subprocess"], "SYM5023"],
  [["python", "-Ic", "import pty"], "SYM5023"],
  [["python", "-m", "timeit", "import subprocess"], "SYM5023"],
  [["perl", "-ne", "system 1"], "SYM5023"],
  [["node", "--eval=require 'child_process'"], "SYM5023"],
  [["ruby", "-e", "exec 'ls'"], "SYM5023"],
  [["awk", "BEGIN system"], "SYM5023"],
  [["sed", "1e ls", "x"], "SYM5023"],
  [["sed", "s/a/b/e", "x"], "SYM5023"],
  [["tar", "--checkpoint-action=exec=x", "-cf", "a"], "SYM5023"],
  [["git", "-c", "core.pager=x", "log"], "SYM5023"],
  [["git", "--exec-path=x", "log"], "SYM5023"],
  [["git", "-C", "x", "push"], "SYM5020"],
  [["git", "rebase", "--exec", "x"], "SYM5023"],
  [["docker", "run", "x"], "SYM5023"],
  [["alias", "x"], "SYM5023"],
  [["pwsh", "-c", "x"], "SYM5023"],
  [["su", "root"], "SYM5020"],
  [["bash.exe", "-c", "rm x"], "SYM5020"],
  [["env.EXE", "rm", "x"], "SYM5020"],
  [["mkfs.ext4", "x"], "SYM5020"],
  [["nc.openbsd"], "SYM5020"],
  [["ＲＭ", "x"], "SYM5020"],
])("%j is refused with %s", (argv, code) => {
  expect(judged(argv)).toBe(code);
});

test.each([
  ["ls && rm -r x", "SYM5020"],
  ["ls|rm", "SYM5020"],
  ["ls;rm x", "SYM5020"],
  ["ls & rm", "SYM5020"],
  ["ls\nrm x", "SYM5020"],
  ["(rm x)", "SYM5020"],
  ["{ rm x; }", "SYM5020"],
  ["if ls; then rm x; fi", "SYM5020"],
  ["! rm x", "SYM5020"],
  ["A=1 rm x", "SYM5020"],
  [">out rm x", "SYM5020"],
  ["2>&1 rm", "SYM5020"],
  ["r\\m x", "SYM5020"],
  ["'r'\"m\" x", "SYM5020"],
  ["r''m x", "SYM5020"],
  ["r\\\nm x", "SYM5020"],
  ["eval rm", "SYM5020"],
  ["find . -exec rm x \\;", "SYM5020"],
  ["bash -c \"bash -c 'rm x'\"", "SYM5020"],
  ["$X x", "SYM5023"],
  ["/bin/r? x", "SYM5023"],
  ["{rm,x}", "SYM5023"],
  ["$'rm' x", "SYM5023"],
  ["echo $(rm x)", "SYM5023"],
  ["echo `rm x`", "SYM5023"],
  ['echo "$(rm x)"', "SYM5023"],
  ["echo ${X:-y}", "SYM5023"],
  ["diff <(ls) x", "SYM5023"],
  ["sh <<EOF\nrm\nEOF", "SYM5023"],
  ["PATH=x ls", "SYM5023"],
  ["env $X x", "SYM5023"],
  ["ls 'x", "SYM5023"],
  ["echo x | sh", "SYM5023"],
  ["case x in x) rm;; esac", "SYM5023"],
  ["cd src && pytest -q", "ok"],
  ["echo '$(rm x)' \"rm\" rm", "ok"],
  ["pytest > out.txt 2>&1", "ok"],
  ["ls # rm", "ok"],
  ["for x in rm; do echo $x; done", "ok"],
  ["if [ -f rm ]; then ls; fi", "ok"],
  ["echo a{b,c} *.py ~ $HOME", "ok"],
  ["X=rm", "ok"],
])("where such characters are allowed, the line %j gives %s", (line, code) => {
  expect(judgedLine(line)).toBe(code);
});

test("with a list of what is allowed, all else is refused, also behind what only starts it; what is denied stays so", () => {
  const rules = { ...RULES, allow: ["pytest", "git diff", "rm"] };
  expect(judged(["pytest", "-q"], rules)).toBe("ok");
  expect(judged(["timeout", "5", "pytest"], rules)).toBe("ok");
  expect(judged(["git", "diff", "x"], rules)).toBe("ok");
  expect(judged(["git", "log"], rules)).toBe("SYM5021");
  expect(judged(["ls"], rules)).toBe("SYM5021");
  expect(judged(["sh", "-c", "ls"], rules)).toBe("SYM5021");
  expect(judged(["env"], rules)).toBe("SYM5021");
  expect(judged(["rm", "x"], rules)).toBe("SYM5020");
});

test("what is permitted may be run though it hides what it starts", () => {
  expect(judged(["docker", "run", "x"], { ...RULES, permit: ["docker"] })).toBe("ok");
});

test("what a command starts is told, in order", () => {
  expect(judgeCommandLine(OPEN, "cd a && timeout 5 pytest | tee 'b c'")).toEqual({
    ok: true,
    value: [["cd", "a"], ["pytest"], ["tee", "b c"]],
  });
});

test("commands within commands have an end", () => {
  expect(judged([...Array.from({ length: 5000 }, () => "env"), "ls"])).toBe("SYM5023");
});

const PIECES = [
  "rm",
  "env",
  "sh",
  "-c",
  "'",
  '"',
  "\\",
  "$",
  "(",
  ")",
  "`",
  ";",
  "|",
  "&",
  "<",
  ">",
  "\n",
  " ",
  "#",
  "{",
  "}",
  "=",
  "xargs",
  "git",
  "constructor",
  "__proto__",
  "\0",
  "é",
];

test("whatever the words, there is an answer, and a denied command in front is refused", () => {
  const words = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string()), { maxLength: 12 });
  fc.assert(
    fc.property(words, (argv) => {
      for (const rules of [RULES, OPEN]) {
        expect(judged(argv, rules)).toMatch(/^ok$|^SYM502[0-4]$/);
        expect(judgedLine(argv.join(""), rules)).toMatch(/^ok$|^SYM502[0-4]$/);
        expect(judged(["rm", ...argv], rules)).not.toBe("ok");
        expect(judgedLine(`ls; rm ${argv.join(" ")}`, rules)).not.toBe("ok");
      }
    }),
    { numRuns: 2000 },
  );
});

test("long lines are read in time in proportion to them", () => {
  for (const piece of [...PIECES, "a ", "'a'", "$(", "a;", "e;", "1", "s/a"]) {
    const text = piece.repeat(Math.floor(120_000 / piece.length));
    const began = performance.now();
    judgeCommandLine(OPEN, text);
    judgeCommand(OPEN, ["sed", text]);
    judgeCommand(OPEN, ["python", "-c", text]);
    judgeCommand(OPEN, text.split(" "));
    const took = performance.now() - began;
    if (took > 8000) expect([piece, took]).toEqual([]);
  }
}, 60_000);

test("Graphite is the engine's; permitted, it may be looked with, and nothing be moved", () => {
  for (const program of ["gt", "graphite", "/usr/bin/GT"]) expect(judged([program, "state"])).toBe("SYM5020");
  const permitted = {
    ...OPEN,
    deny: RULES.deny.filter((each) => each !== "gt" && each !== "graphite"),
    permit: ["gt", "graphite"],
  };
  const line = (text: string) => judgedLine(text, permitted);
  expect(["gt state", "gt log short", "gt sync --no-restack --no-interactive", "cd x && gt info a"].map(line)).toEqual([
    ...["ok", "ok", "ok", "ok"],
  ]);
  expect(["gt sync", "gt ss", "gt delete a", "env gt restack", "sh -c 'graphite move --onto main'"].map(line)).toEqual([
    ...["SYM5025", "SYM5025", "SYM5025", "SYM5025", "SYM5025"],
  ]);
  expect(line("gt submit --draft --no-stack --branch a --no-interactive")).toBe("SYM5027");
  expect(line("gt submit --publish --no-stack --branch a --no-interactive")).toBe("SYM5026");
});
