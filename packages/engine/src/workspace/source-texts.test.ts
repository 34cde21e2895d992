import { expect, test } from "vitest";
import { createRepository } from "../../test/support/test-repository.ts";
import { createSourceTexts } from "./source-texts.ts";

test("a file is read once a run and is the same object each time; what is not there is nothing", () => {
  using repository = createRepository();
  repository.write({
    "pyproject.toml": "root",
    "a/b/setup.cfg": "below",
    "a/naïve.cfg": "letters",
    "a/with space.cfg": "space",
  });
  const texts = createSourceTexts(repository.root);
  const first = texts.source("pyproject.toml");
  repository.write({ "pyproject.toml": "edited" });
  expect(first).toEqual({ path: "pyproject.toml", text: "root" });
  expect(texts.source("pyproject.toml")).toBe(first);
  expect(texts.source("a/b/setup.cfg")?.text).toBe("below");
  expect(texts.source("a/naïve.cfg")?.text).toBe("letters");
  expect(texts.source("a/with space.cfg")?.text).toBe("space");
  for (const path of ["ruff.toml", "a/ruff.toml", "a/b/setup.cfg/x", "no/where/ruff.toml", "a/b", "a/nö.cfg"])
    expect(texts.source(path), path).toBeUndefined();
});

test.runIf(process.platform === "linux")(
  "names that are not UTF-8 and names in other cases are told apart as the file system does",
  () => {
    using repository = createRepository();
    repository.writeBytes(Buffer.from([0x62, 0xff]), "bytes");
    repository.write({ "Ruff.toml": "capital" });
    const texts = createSourceTexts(repository.root);
    expect(texts.source("b\udcff")?.text).toBe("bytes");
    expect(texts.source("ruff.toml")).toBeUndefined();
    expect(texts.source("Ruff.toml")?.text).toBe("capital");
  },
);
