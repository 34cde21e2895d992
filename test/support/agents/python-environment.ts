import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../places.ts";

const PYTEST = ["py.py", "pytest", "_pytest", "pluggy", "iniconfig", "packaging", "pygments"];

/** The folder of installed modules of an environment, absolute. */
export function sitePackages(environment: string): string {
  const version = readdirSync(join(environment, "lib")).find((name) => name.startsWith("python3"));
  if (version === undefined) throw new Error(`${environment} is no environment of Python`);
  return join(environment, "lib", version, "site-packages");
}

/** Makes `.venv` with pytest in it, and the project `app` installed so that its sources are imported where they lie, in `src`. */
export function installInPlace(root: string): void {
  const environment = join(root, ".venv");
  execFileSync("python3", ["-m", "venv", "--without-pip", environment]);
  const [from, to] = [sitePackages(join(ROOT, ".cache/python")), sitePackages(environment)];
  const notes = readdirSync(from).filter((name) =>
    /^(?:pytest|pluggy|iniconfig|packaging|pygments)-.*dist-info$/i.test(name),
  );
  for (const name of [...PYTEST, ...notes]) cpSync(join(from, name), join(to, name), { recursive: true });
  const own = join(to, "app-1.0.dist-info");
  mkdirSync(own);
  writeFileSync(join(to, "__editable__.app-1.0.pth"), `${join(root, "src")}\n`);
  writeFileSync(join(own, "METADATA"), "Metadata-Version: 2.1\nName: app\nVersion: 1.0\n");
  writeFileSync(join(own, "top_level.txt"), "app\n");
  writeFileSync(join(own, "direct_url.json"), JSON.stringify({ url: `file://${root}`, dir_info: { editable: true } }));
}
