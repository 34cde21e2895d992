// A tool that does what the home folder says, in the place of a real one: `faulty-tool.mjs <place> <arguments...>`. The home
// folder is given to tasks and is in no key, so that the tool is the same one whatever it does.
import { spawn } from "node:child_process";
import { appendFileSync, closeSync, ftruncateSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const [place = "", ...args] = process.argv.slice(2);
const { fault, reports, root } = JSON.parse(readFileSync(join(homedir(), "faulty-tool.json"), "utf8"));
const name = nameOf();
const { exitCode, stdout, stderr, files } = reports[name];
const report = { stdout: inPlace(stdout), stderr: inPlace(stderr), files: mapped(inPlace) };

const MOST = 500 * 1000 * 1000;
/** Where the report is read: in files where it has some. */
const channel = Object.keys(files).length > 0 ? "files" : stdout === "" ? "stderr" : "stdout";

const FAULTS = {
  none: () => leave(report),
  signal: () => process.kill(process.pid, "SIGKILL"),
  exit: () => giveUp("error: the disk of this tool is full", 3),
  crash: () => giveUp(`Traceback (most recent call last):\nModuleNotFoundError: No module named 'half_of_it'`, 1),
  hang: () => {
    const child = spawn("/bin/sleep", ["1000"], { stdio: "ignore" });
    appendFileSync(join(homedir(), "hanging"), `${name} ${process.pid} ${child.pid}\n`);
    setInterval(() => undefined, 1000);
  },
  flood: () => {
    if (channel !== "files") return flood(channel === "stdout" ? 1 : 2);
    for (const file of Object.keys(files)) sparse(join(outFolder(), file));
    process.exit(exitCode);
  },
  cut: () => leave({ ...report, [channel]: changed((text) => text.slice(0, text.length / 2)) }),
  other: () => leave({ ...report, [channel]: changed(otherVersion) }),
};

if (args.includes("--version") || args[0] === "version") process.stdout.write("9.9.9\n");
else FAULTS[fault]();

/** Of Python there is one, and what it is started with says for whom. */
function nameOf() {
  if (place !== "python") return place;
  const [flag, what = ""] = args;
  if (flag === "-m")
    return { pip_audit: "pip-audit", piplicenses: "pip-licenses", "dbt.cli.main": "dbt" }[what] ?? what;
  if (flag === "-") return "great-expectations";
  return what.includes("pre_commit") ? "pre-commit" : what.includes("from hypothesis") ? "hypothesis" : "pytest";
}

function leave(all) {
  for (const [file, text] of Object.entries(all.files)) writeFileSync(join(outFolder(), file), text);
  writeSync(2, all.stderr);
  writeFileSync(1, all.stdout);
  process.exit(exitCode);
}

function giveUp(reason, code) {
  writeSync(2, `${reason}\n`);
  process.exit(code);
}

function changed(change) {
  return channel === "files" ? mapped((text) => change(inPlace(text))) : change(report[channel]);
}

/** As a later release of a tool may write: another version, another shape, other lines. */
function otherVersion(text) {
  try {
    const json = JSON.parse(text);
    return JSON.stringify(json.version === 1 ? { ...json, version: 2 } : { schema: "2.0", run: { report: json } });
  } catch {
    return text.replaceAll(/^(.+)$/gm, (line) => `[warn] ${line.replace(/:(\d+):(\d+)(?::\d+)*/, "($1,$2)")}`);
  }
}

function mapped(change) {
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [file, change(text)]));
}

function inPlace(text) {
  return text.replaceAll("{root}", root);
}

/** The task's own folder, as it is named in the arguments or is the current one. */
function outFolder() {
  return /[^\s=]*\.symbiotic\/out\/[^/\s]+/.exec(args.join("\n"))?.[0] ?? ".";
}

function flood(descriptor) {
  const page = Buffer.alloc(1 << 20, `${"x".repeat(99)}\n`);
  for (let size = 0; size < MOST; size += page.length) writeSync(descriptor, page);
  process.exit(exitCode);
}

/** It has that length, and takes no room. */
function sparse(path) {
  const file = openSync(path, "w");
  ftruncateSync(file, MOST);
  closeSync(file);
}
