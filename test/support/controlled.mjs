// A program that does what a test tells it over a socket: so that a race is a script, and nothing waits for a clock.
// The test's port is in the home folder, which tasks are given and which is in no key.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const name = process.argv[2] ?? "";
const { port } = JSON.parse(readFileSync(join(homedir(), "control.json"), "utf8"));
const socket = connect(port, "127.0.0.1");

const ORDERS = {
  print: ({ stream, text }, done) => process[stream].write(text, done),
  exit: ({ code }) => process.exit(code),
  die: ({ signal }) => process.kill(process.pid, signal),
  stubborn: (_order, done) => {
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => undefined);
    done();
  },
  child: ({ child }, done) => {
    spawn(process.execPath, [fileURLToPath(import.meta.url), child], { stdio: "ignore" });
    done();
  },
};

socket.write(`${JSON.stringify({ name, pid: process.pid, argv: process.argv.slice(3), env: process.env })}\n`);
createInterface({ input: socket }).on("line", (line) => {
  const order = JSON.parse(line);
  ORDERS[order.do](order, () => socket.write(`{"done":true}\n`));
});
// A test that is over must not leave a process behind, however it ended.
socket.on("error", () => process.exit(98));
socket.on("close", () => process.exit(99));
