import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { nodeOf } from "../support/places.ts";
import { createRepository } from "../support/repository.ts";

test("a Node that is too old is refused in one line, whatever was asked for", async () => {
  using repository = createRepository({});
  for (const args of [["run", "gates"], ["--version"]]) {
    const { exitCode, stdout, stderr } = await symbiotic(repository, args, { node: nodeOf("20.19.5") });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/^error SYM0001 {2}symbiotic needs Node >= 22\.18; this is v20\.19\.5\. .*\n$/);
  }
});

test("the oldest Node that is supported is taken, and says nothing of its own", async () => {
  using repository = createRepository({});
  const { exitCode, stderr } = await symbiotic(repository, ["projects"], { node: nodeOf("22.18.0") });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
});
