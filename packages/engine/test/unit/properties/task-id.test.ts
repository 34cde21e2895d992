import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../../../src/core/json.ts";
import { formatTaskId, parseTaskId, type Subject, taskFolder } from "../../../src/core/task-id.ts";
import { anyName } from "./bytes.ts";

const anySubject: fc.Arbitrary<Subject> = fc.oneof(
  fc.record({ kind: fc.constantFrom("project", "file", "issue", "spec"), name: anyName }),
  fc.constant({ kind: "repository" } as const),
);
const anyTask: fc.Arbitrary<{ subject: Subject; atom: string }> = fc.record({
  subject: anySubject,
  atom: fc.stringMatching(/^[a-z][a-z0-9_]{0,6}$/),
});

function isSame(a: { subject: Subject; atom: string }, b: { subject: Subject; atom: string }): boolean {
  return a.atom === b.atom && canonicalJson(a.subject) === canonicalJson(b.subject);
}

function idOf({ subject, atom }: { readonly subject: Subject; readonly atom: string }): string {
  return formatTaskId(subject, atom);
}

test("a task id gives back the subject and the atom that it was made of", () => {
  fc.assert(
    fc.property(anyTask, (task) => {
      expect(parseTaskId(idOf(task))).toEqual({ ok: true, value: task });
    }),
    { numRuns: 1000 },
  );
});

test("two tasks have two ids", () => {
  fc.assert(
    fc.property(anyTask, anyTask, (a, b) => {
      expect(idOf(a) === idOf(b)).toBe(isSame(a, b));
    }),
    { numRuns: 1000 },
  );
});

test("an id is ASCII without anything that a shell would split or expand", () => {
  fc.assert(
    fc.property(anyTask, (task) => {
      expect(idOf(task)).toMatch(/^[A-Za-z0-9._@/+%=:-]+$/);
    }),
  );
});

test("of the ways to write a task only one is taken", () => {
  const near = fc.oneof(
    fc.string({
      unit: fc.constantFrom("a", "A", "~", "%", "/", ":", "=", ".", "2", "5", "f", "F", "e"),
      maxLength: 10,
    }),
    anyTask.map(idOf),
    anyTask.map((task) => idOf(task).replace(/%../, (escape) => escape.toLowerCase())),
  );
  fc.assert(
    fc.property(near, (text) => {
      const parsed = parseTaskId(text);
      if (parsed.ok) expect(idOf(parsed.value)).toBe(text);
    }),
    { numRuns: 1000 },
  );
  for (const wrong of [
    "api",
    ":lint",
    "api:",
    "api:Lint",
    "api:a:b",
    "a%41:lint",
    "a b:lint",
    "file=:lint",
    "dir=a:lint",
  ]) {
    expect(parseTaskId(wrong).ok, wrong).toBe(false);
  }
});

test("what has a meaning in an id is escaped in a name", () => {
  const of = (name: string): string => formatTaskId({ kind: "project", name }, "lint");
  expect(["api", "@scope/pkg", "a:b", "a=b", "50%", "//", "caf\u00e9", "a b", "~x"].map(of)).toEqual([
    "api:lint",
    "@scope/pkg:lint",
    "a%3Ab:lint",
    "a%3Db:lint",
    "50%25:lint",
    "%2F/:lint",
    "caf%C3%A9:lint",
    "a%20b:lint",
    "%7Ex:lint",
  ]);
  expect(formatTaskId({ kind: "repository" }, "lint")).toBe("//:lint");
  expect(formatTaskId({ kind: "project", name: "file=a" }, "lint")).toBe("file%3Da:lint");
});

test("two tasks have two folders, on file systems that do not tell capitals from small letters too", () => {
  fc.assert(
    fc.property(anyTask, anyTask, (a, b) => {
      const [first, second] = [taskFolder(idOf(a)).toLowerCase(), taskFolder(idOf(b)).toLowerCase()];
      expect(first === second).toBe(isSame(a, b));
    }),
    { numRuns: 1000 },
  );
  const of = (name: string): string => taskFolder(formatTaskId({ kind: "project", name }, "lint")).toLowerCase();
  expect(of("a~2fb")).not.toBe(of("a/b"));
  expect(of("Api")).not.toBe(of("api"));
});

test("a task's folder is one name that every file system takes, however long the subject's is", () => {
  const long = anyTask.chain((task) =>
    fc
      .nat(40)
      .map((times) =>
        task.subject.kind === "repository"
          ? task
          : { ...task, subject: { ...task.subject, name: task.subject.name.repeat(times + 1) } },
      ),
  );
  const devices = fc.constantFrom("aux.tests", "CON.x", "nul.", "com1.a").map((name) => {
    return { subject: { kind: "project" as const, name }, atom: "lint" };
  });
  fc.assert(
    fc.property(fc.oneof(long, devices), (task) => {
      const folder = taskFolder(idOf(task));
      expect(folder).toMatch(/^[A-Za-z0-9._@+~-]{1,200}$/);
      expect(folder).not.toMatch(/[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
    }),
  );
});
