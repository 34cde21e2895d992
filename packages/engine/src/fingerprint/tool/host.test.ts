import { chmodSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRepository } from "../../../test/support/test-repository.ts";
import { isProgram } from "./host.ts";

test.runIf(process.platform !== "win32")(
  "a program is a file that may be started, reached through links or not",
  () => {
    using repository = createRepository();
    const { root } = repository;
    repository.write({ "bin/ruff": "", "bin/text": "" });
    chmodSync(join(root, "bin/ruff"), 0o755);
    repository.link("link", "bin/ruff");
    repository.link("dangling", "bin/nothing");
    repository.link("circle", "circle");
    const programs = ["bin/ruff", "link", "bin/text", "bin", "dangling", "circle", "bin/nothing", "bin/ruff/x"].filter(
      (path) => isProgram(join(root, path)),
    );
    expect(programs).toEqual(["bin/ruff", "link"]);
  },
);
