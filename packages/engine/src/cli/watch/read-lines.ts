import { createInterface } from "node:readline";

/** Tells each line that is typed or piped in; gives the function that ends it. What is never typed keeps nothing alive. */
export function readLines(told: (line: string) => void): () => void {
  const lines = createInterface({ input: process.stdin });
  lines.on("line", told);
  return () => {
    lines.close();
    process.stdin.destroy();
  };
}
