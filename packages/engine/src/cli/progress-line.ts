import type { CliContext } from "./command.ts";

/** A line on the error output that tells how far a long work is. */
export interface ProgressLine {
  /** Shows this instead of what was shown before; at most a few times a second is anything written. */
  show(text: () => string): void;
  /** Takes the line away. */
  end(): void;
}

/** What it is shown on, and by which clock. */
type Watched = Pick<CliContext, "terminal" | "write" | "now"> & { readonly environment: { readonly ci: boolean } };

const FIRST_MS = 400;
const AGAIN_MS = 100;

/** A line that shows once the work has taken a while and is taken away in the end; nothing where nobody watches. */
export function progressLine({ terminal, environment, write, now }: Watched): ProgressLine {
  const isWatched = terminal.isTTY && !environment.ci;
  let isShown = false;
  let next = now() + FIRST_MS;
  return {
    show(text) {
      if (!isWatched || now() < next) return;
      next = now() + AGAIN_MS;
      isShown = true;
      write("stderr", `\r${text().slice(0, terminal.size().columns - 1)}\u001b[K`);
    },
    end() {
      if (isShown) write("stderr", "\r\u001b[K");
      isShown = false;
    },
  };
}
