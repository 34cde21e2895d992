import { expect, test } from "vitest";
import { draftProjects } from "./draft.ts";
import { emptyManifest, type Manifest } from "./manifest/manifest.ts";
import { projectFolders } from "./project-folders.ts";

test("each of a thousand projects gets its own manifests without a look at all the others'", () => {
  const count = 1000;
  let looks = 0;
  const manifests = Array.from({ length: count }, (_, index): Manifest => {
    const manifest = {
      ...emptyManifest(`packages/p${String(index)}/pyproject.toml`),
      declares: true,
      name: `p${String(index)}`,
    };
    return new Proxy(manifest, { get: (target, key: keyof Manifest) => ((looks += 1), target[key]) });
  });
  const drafts = draftProjects(projectFolders(manifests, []), manifests);
  expect(drafts.map(({ name }) => name).sort()).toEqual(manifests.map(({ name }) => name).sort());
  expect(looks).toBeLessThan(count * 50);
});
