import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { graphite } from "../../../packages/plugin-graphite/src/index.ts";
import { ROOT } from "../places.ts";
import { graphiteModel, type GraphiteModel } from "./graphite-stub.ts";
import { platformRig, type PlatformRig } from "./platform-rig.ts";

/** Where the set-up puts the real `gt`. */
export const GRAPHITE_BIN: string = join(ROOT, ".cache/agents/node_modules/.bin");

/** It comes for this platform alone. */
export const HAS_GRAPHITE: boolean = process.platform === "linux" && process.arch === "x64";

/** The real `gt` in a clone of `acme/demo`. */
export interface GraphiteRig extends AsyncDisposable {
  readonly rig: PlatformRig;
  readonly model: GraphiteModel;
  /** Makes a branch with a commit on the one that is checked out, and checks it out. */
  branch(name: string): void;
  /** The branches of the remote. */
  pushed(): readonly string[];
}

/** What a rig is made with. */
export interface GraphiteParts {
  readonly token?: string;
  readonly isSetUp?: boolean;
}

/** Makes it; set up where it is not said otherwise. */
export async function graphiteRig({ token = "dummy", isSetUp = true }: GraphiteParts = {}): Promise<GraphiteRig> {
  const model = graphiteModel();
  const rig = await platformRig({
    use: graphite(),
    hosts: ["api.graphite.com"],
    variables: token === "" ? {} : { GRAPHITE_AUTH_TOKEN: token },
    answer: (seen) => model.answer(seen),
    bin: GRAPHITE_BIN,
  });
  const { repository, remote } = rig;
  repository.git("remote", "add", "origin", remote);
  repository.git("push", "--quiet", "origin", "main");
  mkdirSync(join(repository.home, ".config/graphite"), { recursive: true });
  writeFileSync(
    join(repository.home, ".config/graphite/user_config"),
    JSON.stringify({ tips: false, updateAutomatically: false }),
  );
  if (isSetUp) setUp(rig);
  return {
    rig,
    model,
    branch(name) {
      repository.git("switch", "--quiet", "-c", name);
      repository.write({ [`${name}.txt`]: `${name}\n` });
      repository.commit(name);
    },
    pushed: () =>
      repository
        .git("ls-remote", "--heads", "origin")
        .split("\n")
        .map((line) => line.split("refs/heads/")[1] ?? ""),
    [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose](),
  };
}

/** As a user does it; the remote's address does not say whose repository it is, so it is written down. */
function setUp(rig: PlatformRig): void {
  const { program, root, environment } = rig.host();
  execFileSync(program, ["init", "--trunk", "main", "--no-interactive"], {
    cwd: root,
    env: environment,
    stdio: "ignore",
  });
  const file = join(root, ".git/.graphite_repo_config");
  const settings = JSON.parse(readFileSync(file, "utf8")) as object;
  writeFileSync(file, JSON.stringify({ ...settings, owner: "acme", name: "demo" }));
}
