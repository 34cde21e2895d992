import { github } from "../../../packages/plugin-github/src/index.ts";
import { gitHubModel, type GitHubModel, type StubPull } from "./github-stub.ts";
import { platformRig, type PlatformRig } from "./platform-rig.ts";

/** The real `gh` in a clone of `acme/demo`, with these pull requests there. */
export async function gitHubRig(
  pulls: readonly Partial<StubPull>[] = [],
  token = "dummy",
): Promise<{ readonly rig: PlatformRig; readonly model: GitHubModel }> {
  const model = gitHubModel(pulls);
  const rig = await platformRig({
    use: github(),
    hosts: ["api.github.com", "github.com"],
    variables: token === "" ? {} : { GH_TOKEN: token },
    answer: (seen) => model.answer(seen),
  });
  rig.repository.git("remote", "add", "origin", "https://github.com/acme/demo.git");
  rig.repository.git("config", "remote.origin.pushurl", rig.remote);
  return { rig, model };
}
