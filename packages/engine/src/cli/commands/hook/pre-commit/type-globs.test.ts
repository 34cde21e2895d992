import { expect, test } from "vitest";
import { typeGlobs } from "./type-globs.ts";

test.each<[readonly string[], readonly string[], readonly string[] | undefined]>([
  [["python"], [], ["*.py", "*.pyi"]],
  [["file", "python"], [], ["*.py", "*.pyi"]],
  [[], ["yaml", "toml"], ["*.yaml", "*.yml", "*.toml"]],
  [[], ["c", "c++"], ["*.c", "*.h", "*.cc", "*.cpp", "*.cxx", "*.hh", "*.hpp", "*.hxx"]],
  [["python", "executable"], [], undefined],
  [["python"], ["pyi"], undefined],
  [["shell"], [], undefined],
  [[], ["python", "shell"], undefined],
  [["text"], [], undefined],
])("files of the types %j and of one of %j are named %j", (types, typesOr, globs) => {
  expect(typeGlobs(types, typesOr)).toEqual(globs);
});
