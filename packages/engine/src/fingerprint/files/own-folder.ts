import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Makes the engine's own folder in a tree, absolute, such that git sees nothing of it. Throws what the file system throws. */
export function makeOwnFolder(root: string): string {
  const folder = join(root, ".symbiotic");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, ".gitignore"), "*\n");
  return folder;
}
