/** How long ago something was, for people: `just now`, `3 min ago`, `2 h 5 min ago`, `4 days ago`. */
export function ago(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${String(minutes)} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? `${String(hours)} h ${String(minutes % 60)} min ago`
    : `${String(Math.floor(hours / 24))} days ago`;
}
