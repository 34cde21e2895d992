/** The colours of the drawing, as page.css has them for light and for dark. */
export interface Theme {
  readonly background: string;
  readonly surface: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly edge: string;
  readonly accent: string;
  readonly before: string;
  readonly after: string;
  readonly critical: string;
  readonly font: string;
  /** One for each atom in turn. */
  readonly atoms: readonly string[];
}

/** How many colours there are for atoms. */
export const ATOM_COLOURS = 8;

/** Reads the colours that hold now. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    background: of("background"),
    surface: of("surface"),
    text: of("text"),
    muted: of("muted"),
    line: of("line"),
    edge: of("edge"),
    accent: of("accent"),
    before: of("before"),
    after: of("after"),
    critical: of("critical"),
    font: of("font"),
    atoms: Array.from({ length: ATOM_COLOURS }, (_, index) => of(`atom-${String(index)}`)),
  };
}
