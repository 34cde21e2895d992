// Writes the Node-style monorepo that is measured: `node bench/generate-node.mjs <folder> --projects 1000 [--files 20] [--workspace]`.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { projectNode, script, ScriptError } from "../scripts/lib/run.mjs";
import { installPeer } from "./lib/install.mjs";
import { linkTool } from "./lib/node/copies.mjs";
import { writeRepository } from "./lib/node/write-repository.mjs";
import { positive } from "./lib/options.mjs";
import { installSymbiotic } from "./lib/packed.mjs";
import { symbiotic } from "./lib/tools/symbiotic.mjs";
import { turbo } from "./lib/tools/turbo.mjs";

await script(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      projects: { type: "string", default: "1000" },
      files: { type: "string", default: "20" },
      workspace: { type: "boolean", default: false },
    },
  });
  const [folder] = positionals;
  if (folder === undefined)
    throw new ScriptError("usage: node bench/generate-node.mjs <folder> [--projects 1000] [--files 20] [--workspace]");
  const size = { projects: positive("projects", values.projects), files: positive("files", values.files) };
  const repository = resolve(folder);
  const { files, bytes } = await writeRepository(repository, size);
  installPeer("turbo");
  if (!values.workspace) installSymbiotic();
  for (const tool of [symbiotic, turbo]) linkTool(repository, tool, values.workspace);
  process.stdout.write(`${files} files, ${(bytes / 1e6).toFixed(1)} MB; in ${folder}:\n`);
  for (const { program, run } of [symbiotic, turbo])
    process.stdout.write(`  ${projectNode()} node_modules/${program.join(" ")} ${run.join(" ")}\n`);
});
