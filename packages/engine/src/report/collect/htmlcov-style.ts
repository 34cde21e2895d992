/** How the pages of the coverage look: in light and dark, and on a narrow screen. */
export const COVERAGE_STYLE: string = `
:root { color-scheme: light dark; --ran: #e6f4ea; --not: #fde7e7; --edge: #d0d4da; --dim: #57606a; }
@media (prefers-color-scheme: dark) { :root { --ran: #12301c; --not: #43191c; --edge: #3a3f47; --dim: #9aa4b0; } }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.25rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; color: var(--dim); font-weight: 600; }
th, td { padding: 0.25rem 0.5rem; border-bottom: 1px solid var(--edge); overflow-wrap: anywhere; }
.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
meter { width: 8rem; max-width: 20vw; }
.note { border-left: 3px solid #b35900; padding-left: 0.75rem; }
.source td { border: 0; padding: 0 0.5rem; vertical-align: top; }
.source .n, .source .s { color: var(--dim); user-select: none; width: 1%; white-space: nowrap; }
.source code { white-space: pre-wrap; font: 13px/1.5 ui-monospace, monospace; tab-size: 4; }
.source .ran { background: var(--ran); }
.source .not { background: var(--not); }
`.trim();
