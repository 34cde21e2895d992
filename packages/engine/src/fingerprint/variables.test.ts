import { expect, test } from "vitest";
import { sha256 } from "./digest.ts";
import { divideVariables } from "./variables.ts";

const LINUX = { root: "/repo", platform: "linux" } as const;
const WINDOWS = { root: "C:\\repo", platform: "win32" } as const;

test("what is declared is keyed and given, what is passed is given, the rest is withheld", () => {
  const environment = { PATH: "/bin", CI: "1", PYTHONHASHSEED: "0", SECRET: "x", Path: "y" };
  expect(divideVariables(environment, ["CI", "TZ", "PYTHON*"], ["MINE"], LINUX)).toEqual({
    given: { CI: "1", PATH: "/bin", PYTHONHASHSEED: "0" },
    keyed: { CI: sha256("1"), PYTHONHASHSEED: sha256("0"), TZ: null },
    withheld: ["Path", "SECRET"],
  });
});

test("on Windows names are the same whatever their case, and are keyed in capitals", () => {
  const environment = { Path: "C:\\bin", SystemRoot: "C:\\Windows", pythonPath: "lib", mine: "1", Other: "2" };
  const divided = divideVariables(environment, ["PYTHON*", "Tz"], ["MINE"], WINDOWS);
  expect(divided).toEqual({
    given: { Path: "C:\\bin", SystemRoot: "C:\\Windows", mine: "1", pythonPath: "lib" },
    keyed: { PYTHONPATH: sha256("lib"), TZ: null },
    withheld: ["Other"],
  });
});

test("a value that names places in the repository has the same digest in every checkout, and is given as it is", () => {
  const at = (root: string): ReturnType<typeof divideVariables> =>
    divideVariables({ PYTHONPATH: `${root}/src:${root}/lib` }, ["PYTHON*"], [], { root, platform: "linux" });
  const [here, there] = [at("/home/a/repo"), at("/builds/7")];
  expect(here.keyed).toEqual(there.keyed);
  expect(here.given).toEqual({ PYTHONPATH: "/home/a/repo/src:/home/a/repo/lib" });
  expect(divideVariables({ PYTHONPATH: "/builds/7/src" }, ["PYTHON*"], [], LINUX).keyed).not.toEqual(
    divideVariables({ PYTHONPATH: "/repo/src" }, ["PYTHON*"], [], LINUX).keyed,
  );
});
