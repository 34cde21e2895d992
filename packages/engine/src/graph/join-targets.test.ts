import { expect, test } from "vitest";
import type { TargetMember } from "../config/schema.ts";
import { joinTargets } from "./join-targets.ts";

const names = new Map(["build", "lint"].map((id) => [id, { id }]));

test("an atom with a tag is meant in projects with that tag only", () => {
  expect(joined({ ci: ["lint", { run: "build", tag: "node" }] })).toEqual({
    targets: { ci: ["lint", "build"] },
    tagged: { ci: { build: [["node"]] } },
    problems: [],
  });
});

test("several tags for one atom are several ways; without a tag it is meant everywhere", () => {
  const either = joined({
    ci: [
      { run: "build", tag: "node" },
      { run: "build", tag: "web" },
    ],
  });
  expect(either.tagged).toEqual({ ci: { build: [["node"], ["web"]] } });
  expect(joined({ ci: [{ run: "build", tag: "node" }, "build"] }).tagged).toEqual({});
});

test("a target within a target with a tag asks for all tags on the way", () => {
  const { tagged } = joined({
    all: [{ run: "ci", tag: "node" }],
    ci: ["lint", { run: "build", tag: "web" }],
  });
  expect(tagged).toEqual({ all: { lint: [["node"]], build: [["node", "web"]] }, ci: { build: [["web"]] } });
});

test("a member with a tag that is no atom and no target is told of", () => {
  expect(joined({ ci: [{ run: "biuld", tag: "node" }] }).problems).toMatchObject([{ code: "SYM1205" }]);
});

function joined(configured: Readonly<Record<string, readonly TargetMember[]>>): {
  readonly targets: unknown;
  readonly tagged: unknown;
  readonly problems: readonly unknown[];
} {
  const { targets, tagged, problems } = joinTargets([], configured, names);
  const plain = [...tagged].map(([target, atoms]) => [target, Object.fromEntries(atoms)] as const);
  return { targets: Object.fromEntries(targets), tagged: Object.fromEntries(plain), problems };
}
