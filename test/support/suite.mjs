// A program whose work has parts: each file of `t/` is one. It leaves out those of which it is told a record that stands on the same
// text, and tells a record of each that passed. A text that says `fail` fails; one that says `touch <file>` writes that file; one that says `uses <file>` fails where that one says so, and no
// record tells of that. Where it is asked to run all of it together, one that says `alone` fails after one that says `leaves`.
import { createHash } from "node:crypto";
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const out = process.argv[2] ?? "";
const { parts: known, together = false } = JSON.parse(readFileSync(join(out, "known.json"), "utf8"));
const result = { parts: [], tests: [], served: 0, ran: 0 };
const ran = [];
const whole = together ? "asked for" : null;
let isLeft = false;
const files = {};

for (const file of readdirSync("t").sort()) {
  const name = `t/${file}`;
  const text = readFileSync(name, "utf8").trim();
  const digest = createHash("sha256").update(text).digest("hex");
  const found = together ? undefined : (known[name] ?? []).find((record) => record.digest === digest);
  result[found === undefined ? "ran" : "served"] += 1;
  const last = known[name]?.[0];
  const evidence = found !== undefined || last === undefined ? [] : [`was ${last.message}, is ${text}`];
  const why = found !== undefined ? "nothing changed" : last === undefined ? "no record of it" : "its text changed";
  files[name] = { decision: found === undefined ? "ran" : "served", reason: why, evidence };
  const record = found ?? run(name, text, digest);
  result.tests.push(...record.tests);
  if (found === undefined && record.tests[0][1] === "passed") result.parts.push({ name, record });
}
appendFileSync(join(homedir(), "ran.txt"), `${ran.join(" ")}\n`);
writeFileSync(join(out, "selection.json"), JSON.stringify({ version: 1, granularity: "recorded", whole, files }));
writeFileSync(join(out, "result.json"), JSON.stringify(result));

function run(name, text, digest) {
  ran.push(name.slice(2, -4));
  const touched = /touch (\S+)/.exec(text)?.[1];
  if (touched !== undefined) appendFileSync(touched, "touched\n");
  const used = /uses (\S+)/.exec(text)?.[1];
  const read = used === undefined ? text : readFileSync(used, "utf8");
  const isLost = together && isLeft && read.includes("alone");
  isLeft ||= read.includes("leaves");
  return { digest, tests: [[name, isLost || read.includes("fail") ? "failed" : "passed"]], message: text };
}
