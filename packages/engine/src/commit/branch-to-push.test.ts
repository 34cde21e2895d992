import { expect, test } from "vitest";
import { unpushable } from "./branch-to-push.ts";

test.each(["main", "master", "Main", "release/1.0", "release/a/b", "develop"])("nothing is pushed to %s", (branch) => {
  expect(unpushable({ branch })).toBe("it is protected");
});

test.each(["refs/heads/x", "-x", "+x", "a:b", "a b", "x..y", "", "HEAD", "x*", "x^", "x@{1}", "a\\b"])(
  "`%s` is not the name of a branch",
  (branch) => {
    expect(unpushable({ branch })).toBe("it is not the name of a branch");
  },
);

test("the base and the remote's own branch are not pushed to, however they are named", () => {
  for (const base of ["next", "origin/next", "refs/heads/next", "refs/remotes/origin/NEXT"])
    expect(unpushable({ branch: "next", base })).toBe("others build on it");
  expect(unpushable({ branch: "stable" }, "stable")).toBe("others build on it");
  expect(unpushable({ branch: "deploy/eu", protect: ["deploy/*"] })).toBe("it is protected");
});

test.each(["issue/7-main", "mainly", "feature/release", "x"])("%s may be pushed", (branch) => {
  expect(unpushable({ branch, base: "main", protect: ["deploy/*"] }, "main")).toBeUndefined();
});
