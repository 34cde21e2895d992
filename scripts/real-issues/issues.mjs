/** The commit of pallets/itsdangerous that the issues are about. */
export const COMMIT = "672971d66a2ef9f85151e53283113f33d642dabd";

const FOLDER = "docs/projects/trial/issues";

/** How each issue has to end. */
export const ENDS = {
  "T1-01": "passed at once",
  "T1-02": "passed after 1 fix",
  "T1-03": "passed after 1 fix",
  "T1-04": "SYM5002",
  "T1-05": "blocked by T1-04, which did not pass",
};

/**
 * The documents, as people write them: dependencies in several forms, verification with the project's own tests.
 * @type {Readonly<Record<string, string>>}
 */
export const DOCUMENTS = {
  [`${FOLDER}/T1-01-clock.md`]: `---
id: T1-01
title: "Clock: a function that tells the time in whole seconds"
state: todo
milestone: T1
blocking: [T1-02]
---

# T1-01

\`TimestampSigner.get_timestamp\` calls \`time.time()\` in place. Give it a function of its own.

## Acceptance criteria

- [ ] \`now()\` gives whole seconds
- [ ] It is tested

## Files

- \`src/itsdangerous/clock.py\`
- \`tests/test_itsdangerous/test_clock.py\`

## Verification

- Run \`python -m pytest -q tests/test_itsdangerous/test_clock.py\`
`,
  [`${FOLDER}/T1-02-age.md`]: `id: T1-02
title: Age of a timestamp
status: planned
milestone: T1
depends_on: "[[T1-01-clock]]"
---

# Age

Add \`age(timestamp)\` beside \`now()\`: how many seconds ago a timestamp was, never below 0.

## Files
- src/itsdangerous/clock.py
- tests/test_itsdangerous/

## How to verify

\`\`\`sh
$ python -m pytest -q tests/test_itsdangerous
\`\`\`
`,
  [`${FOLDER}/T1-03-encoding.md`]: `---
id: T1-03
title: Say what \`want_bytes\` is for
state: todo
milestone: T1
priority: high
---

The documentation of \`want_bytes\` is missing. Nothing else changes.

## Files

- \`src/itsdangerous/encoding.py\`

## Verification

- \`python -m pytest -q tests/test_itsdangerous/test_encoding.py\`
`,
  [`${FOLDER}/T1-04-readme.md`]: `---
id: T1-04
title: A line in the README
milestone: T1
---

## Files

- \`README.md\`
`,
  [`${FOLDER}/T1-05-after.md`]: `---
id: T1-05
title: What comes after the line
milestone: T1
blocked_by: T1-04
---

## Files

- \`docs/index.rst\`
`,
};
