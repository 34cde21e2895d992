/** A duration for people, six characters at most below a hundred hours: `61ms`, `0.2s`, `9.9s`, `1m 04s`, `2h 05m`. */
export function formatDuration(milliseconds: number): string {
  const ms = Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : 0;
  if (ms < 99.5) return `${String(Math.round(ms))}ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)}s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${String(Math.floor(seconds / 60))}m ${two(seconds % 60)}s`;
  const minutes = Math.round(seconds / 60);
  return `${String(Math.floor(minutes / 60))}h ${two(minutes % 60)}m`;
}

/** A number with its noun: `1 task`, `3 tasks`. */
export function count(amount: number, noun: string): string {
  return `${String(amount)} ${noun}${amount === 1 ? "" : "s"}`;
}

function two(amount: number): string {
  return String(amount).padStart(2, "0");
}
