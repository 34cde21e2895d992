/**
 * How hypothesis begins to tell of an example: in older releases, in newer ones, and where the test gives the example itself.
 * Older ones name nothing where it is a state machine.
 */
const BEGINS = /^(?:Falsifying|Failing) (?:explicit )?(?:example|test case):(?: |$)/;

/** How an example ends: with its bracket, and that of a state machine with its last step. */
const ENDS = /^(?:\)|state\.teardown\(\)$)/;

/** The examples that a text of hypothesis tells of, each as it is written there: a test with its arguments, a state machine with its steps. */
export function examplesIn(text: string): readonly string[] {
  const examples: string[][] = [];
  let isOpen = false;
  for (const line of text.split(/\r?\n/)) {
    if (BEGINS.test(line)) examples.push([line]);
    else if (isOpen) examples.at(-1)?.push(line);
    isOpen = (isOpen || BEGINS.test(line)) && !ENDS.test(line) && !(BEGINS.test(line) && line.endsWith(")"));
  }
  return examples.map((lines) => stable(lines.join("\n")));
}

/** A text without what is another in each run: where in memory things lie, and how long they took. */
export function stable(text: string): string {
  return text.replace(/\bat 0x[0-9a-fA-F]+/g, "at 0x...").replace(/\b\d+(\.\d+)?( ?ms| seconds)\b/g, "...$2");
}
