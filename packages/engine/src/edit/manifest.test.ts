import { expect, test } from "vitest";
import { MANIFEST, readManifest } from "./manifest.ts";

test("what is asked for is what is read, with words that say what belongs there", () => {
  expect(MANIFEST).toEqual({
    type: "object",
    properties: {
      plan: { type: "string", description: "what you did and why, in a few sentences" },
      changed_files: {
        type: "array",
        items: { type: "string" },
        description: "every file that you added, changed or removed, from the repository's root",
      },
      followups: {
        type: "array",
        items: { type: "string" },
        description: "what is still to be done, by somebody else; empty where nothing is",
      },
    },
    required: ["plan", "changed_files", "followups"],
    additionalProperties: false,
  });
});

test.each([
  [{ plan: "p", changed_files: ["a"], followups: [] }, true],
  [{ plan: "p", changed_files: "a", followups: [] }, false],
  [{ plan: "p", changed_files: [] }, false],
  [{ plan: "p", changed_files: [], followups: [], more: 1 }, false],
  ["no", false],
])("%j is a manifest: %s", (reply, isOne) => {
  expect(readManifest(reply) !== undefined).toBe(isOne);
});
