#!/usr/bin/env node
// Plain syntax on purpose: Node 12 must be able to parse this file to be told that it is too old.
var found = /^(\d+)\.(\d+)/.exec(process.versions.node) || [];
var major = Number(found[1]);
var isTooOld = major < 22 || (major === 22 && Number(found[2]) < 18);

if (isTooOld) {
  process.stderr.write(
    "error SYM0001  symbiotic needs Node >= 22.18; this is " +
      process.version +
      ". Install a newer Node, or run it through one: npx --yes node@24 " +
      process.argv[1] +
      "\n",
  );
  process.exitCode = 2;
} else if (process.argv.length === 3 && (process.argv[2] === "--version" || process.argv[2] === "-v")) {
  // Answered here: loading the command takes longer than all the rest.
  var fs = process.getBuiltinModule("node:fs");
  var text = JSON.parse(fs.readFileSync(new URL("../package.json", import.meta.url), "utf8")).version + "\n";
  try {
    // Without the stream, which takes longer to make than all of this.
    fs.writeSync(1, text);
  } catch {
    // A pipe that is full is waited for; a reader that has gone away is no error.
    process.stdout.on("error", function () {}).write(text);
  }
} else {
  process.getBuiltinModule("node:module").enableCompileCache();
  import("../dist/main.js");
}
