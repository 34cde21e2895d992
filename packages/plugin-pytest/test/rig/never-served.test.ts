import { utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repositoryOf } from "../harness.ts";
import { recordedRuns } from "../recorded-runs.ts";

/** One process a test file is divided off the one that collects. */
const WINDOWS = process.platform === "win32";
const COVERED = { detected: ["pytest-cov"] };
const [ONE, OTHER] = ["tests/test_one.py", "tests/test_other.py"];

const FILES = {
  "pytest.ini": "[pytest]\n",
  "pkg/__init__.py": "",
  "pkg/clocks.py":
    "import time\n\ndef now():\n    return time.time()\n\ndef never():\n    return None\n\nBEGUN = time.time()\n",
  [OTHER]: "import pkg\n\ndef test_other():\n    assert pkg\n",
};

/** The text of a test file, and why no record of it is ever served. */
const NEVER: Readonly<Record<string, readonly [text: string, why: string]>> = {
  "a program": ["import subprocess, sys\nsubprocess.run([sys.executable, '-c', ''])", "starts programs"],
  "a program of the shell": ["import os\nos.system('true')", "starts programs"],
  "a fork": ["import os\npid = os.fork()\nif not pid:\n    os._exit(0)\nos.waitpid(pid, 0)", "starts programs"],
  "the network": [
    "import socket\nwith socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:\n    one.connect(('192.0.2.1', 9))",
    "uses the network",
  ],
  "a file that is written in the tree": ["open('tests/left.txt', 'w').close()", "writes into the tree"],
  "a database in the tree": [
    "import sqlite3\nsqlite3.connect('tests/left.db').close()",
    "opens a database in the tree",
  ],
  "a clock in the test": ["import time\ntime.time()", "reads the clock"],
  "a clock under another name": ["from datetime import datetime as d\nd.now()", "reads the clock"],
  "a clock in a function that ran": ["from pkg import clocks\nclocks.now()", "reads the clock"],
  "a clock that a module reads when it is imported": ["from pkg import clocks\nclocks.never()", "reads the clock"],
  "chance without a seed": ["import random\nrandom.random()", "draws by chance"],
  "an identifier of chance": ["import uuid\nuuid.uuid4()", "draws by chance"],
  "a tracer": ["import sys\nold = sys.gettrace()\nsys.settrace(lambda *_: None)\nsys.settrace(old)", "sets a tracer"],
  "the folder of the checkout in the outcome": [
    "import os, pytest\npytest.skip(os.getcwd())",
    "names the folder of the checkout",
  ],
};

/** What looks like one of those, and is none. */
const SERVED: Readonly<Record<string, string>> = {
  "chance with a seed": "import random\nrandom.seed(1)\nrandom.random()",
  "a generator with a seed": "import random\nrandom.Random(1).random()",
  "a library of the system, found by a program": "import ctypes.util\nctypes.util.find_library('c')",
  "a library of the system, by its name": "import ctypes\nctypes.CDLL('libc.so.6')",
  "the name of the machine": "import platform\nplatform.uname()\nplatform.processor()",
  "doctest, which takes coverage's tracer away and gives it back":
    "import doctest, pkg\nassert doctest.testmod(pkg).failed == 0",
  "a server of its own":
    "import socket\nwith socket.socket() as one:\n    one.bind(('127.0.0.1', 0))\n    one.listen()\n    socket.create_connection(one.getsockname()).close()",
  "a database in memory": "import sqlite3\nsqlite3.connect(':memory:').close()",
};

function testOf(text: string): string {
  return `def test_one():\n${text.replaceAll(/^/gmu, "    ")}\n`;
}

describe.skipIf(WINDOWS).each([
  ["with coverage", COVERED],
  ["without", {}],
])("%s", (_name, more) => {
  test.each(Object.entries(NEVER))("%s is in no record", (_what, [text, why]) => {
    using repository = repositoryOf({ ...FILES, [ONE]: testOf(text) });
    const run = recordedRuns(repository, more);
    const { never, whole } = run();
    expect({ whole, files: Object.keys(never) }).toEqual({ whole: null, files: [ONE] });
    expect(never[ONE]).toContain(why);
    const again = run();
    expect([again.served, Object.keys(again.never)]).toEqual([[OTHER], [ONE]]);
  });

  test.each(Object.entries(SERVED))("%s is served", (_what, text) => {
    using repository = repositoryOf({ ...FILES, [ONE]: testOf(text) });
    const run = recordedRuns(repository, more);
    expect(run().never).toEqual({});
    expect(run().served).toEqual([ONE, OTHER]);
  });
});

test.skipIf(WINDOWS)(
  "a module that reads the clock counts for who imports it, not for who is collected beside it",
  () => {
    using repository = repositoryOf({
      ...FILES,
      [ONE]: "from pkg import clocks\n\ndef test_one():\n    clocks.never()\n",
    });
    expect(recordedRuns(repository, COVERED)().never).toEqual({ [ONE]: "reads the clock" });
  },
);

test.skipIf(WINDOWS)("a function that coverage's tracer ran after doctest gave it back is in the record", () => {
  using repository = repositoryOf({
    ...FILES,
    "pkg/calc.py": "def add(a, b):\n    return a + b\n",
    [ONE]: testOf("import doctest, pkg\ndoctest.testmod(pkg)\nfrom pkg.calc import add\nassert add(1, 2) == 3"),
  });
  const run = recordedRuns(repository, COVERED);
  run();
  const again = run({ "pkg/calc.py": "def add(a, b):\n    return a - b\n" });
  expect(again.ran).toEqual([ONE]);
});

test.skipIf(WINDOWS)(
  "what was written since the run began is in no record: nobody knows which text the test read",
  () => {
    using repository = repositoryOf({
      ...FILES,
      "tests/data.txt": "1",
      [ONE]: testOf("assert open('tests/data.txt').read()"),
    });
    const file = join(repository.path, "tests/data.txt");
    const run = recordedRuns(repository, COVERED);
    utimesSync(file, new Date(), new Date(Date.now() + 3_600_000));
    expect(run().never).toEqual({ [ONE]: "reads what was written since the run began (tests/data.txt)" });
    utimesSync(file, new Date(), new Date(Date.now() - 3_600_000));
    expect(run().never).toEqual({});
  },
);
