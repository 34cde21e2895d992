// Stands for a bundler: copies src/ to dist/, with what the package is called in front of each file.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

rmSync("dist", { recursive: true, force: true });
cpSync("src", "dist", { recursive: true });
for (const name of readdirSync("dist")) {
  const file = join("dist", name);
  writeFileSync(file, `// ${process.env.npm_package_name}\n${readFileSync(file, "utf8")}`);
}
