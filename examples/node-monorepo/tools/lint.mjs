// Stands for a linter: no line may be longer than 120 characters.
import { globSync, readFileSync } from "node:fs";

const long = globSync("{src,test}/*.js").flatMap((file) =>
  readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line, index) => (line.length > 120 ? [`${file}:${index + 1}: ${line.length} characters`] : [])),
);
console.log(long.join("\n") || "no line is too long");
process.exitCode = long.length > 0 ? 1 : 0;
