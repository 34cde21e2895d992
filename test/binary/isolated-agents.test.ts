import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { createIsolatedRepository } from "../support/isolated-plugins.ts";

const HELPER = `agents: {
  helper: {
    title: "t", describe: "d", tool: { bin: "b", package: "p", version: "1.0.0", natives: {} },
    signIn: { variables: [], files: [], hint: "h" }, variables: [],
    command: () => ({ argv: ["b"], env: {}, files: {}, stdin: "" }), read: () => ({ events: [] }),
    end: () => ({ kind: "answered", text: "" }),
  },
},`;

test("a plugin that adapts agents cannot be isolated, and the error says what to do", async () => {
  using repository = createIsolatedRepository([{ name: "helper", body: HELPER }]);
  const { stderr, exitCode } = await symbiotic(repository, ["run", "all"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("error SYM1308  helper adapts agents, and an isolated plugin cannot");
  expect(stderr).toContain("import it in the configuration");
});
