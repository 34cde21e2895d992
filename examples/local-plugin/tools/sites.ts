import {
  definePlugin,
  errorOf,
  fail,
  joinRepo,
  ok,
  parentOf,
  type Diagnostic,
  type FoundProject,
  type Result,
  type SourceText,
} from "@symbiotic-build/engine";
import * as z from "zod";

const Site = z.strictObject({ name: z.string(), shows: z.array(z.string()).default([]) });

/** Makes a project of each folder with a `site.json`; `shows` names the folders of what it depends on. */
export const sites = definePlugin({
  api: 1,
  name: "sites",
  from: import.meta.url,
  options: z.strictObject({}).default({}),
  discovery: {
    files: ["**/site.json"],
    projects: ({ files }) => {
      const read = files.map(readSite);
      const problems = read.flatMap((each) => (each.ok ? [] : [each.error]));
      return problems.length > 0 ? fail(problems) : ok(read.flatMap((each) => (each.ok ? [each.value] : [])));
    },
  },
});

function readSite({ path, text }: SourceText): Result<FoundProject, Diagnostic> {
  const parsed = Site.safeParse(jsonOf(text));
  if (!parsed.success) {
    return fail(
      errorOf("SITE001", `${path} is no site`, {
        location: { file: path },
        hint: "write a name, and in `shows` folders",
      }),
    );
  }
  const { name, shows } = parsed.data;
  const dependsOn = shows.map((folder) => ({ root: joinRepo(".", folder), because: `${path}: shows ${folder}` }));
  return ok({ name, root: parentOf(path), manifests: [path], dependsOn, tags: ["site"], environments: [] });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
