// Writes all that lies in `src` of the folder that it is started in to `dist/all.json`: names, bytes and whether a file may be started.
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

export function listSources(project) {
  const found = {};
  const look = (path) => {
    for (const name of readdirSync(`${project}/${path}`).sort()) {
      const inside = `${path}/${name}`;
      const stat = lstatSync(`${project}/${inside}`);
      if (name === ".git") continue;
      if (stat.isDirectory()) look(inside);
      else found[inside] = `${(stat.mode & 0o100) === 0 ? "" : "x "}${readFileSync(`${project}/${inside}`, "latin1")}`;
    }
  };
  look("src");
  return found;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  mkdirSync("dist", { recursive: true });
  writeFileSync("dist/all.json", JSON.stringify(listSources(".")));
}
