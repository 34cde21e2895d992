import { styleText } from "node:util";

/** Puts colour and weight on text, or leaves it as it is. Give it text without escape sequences. */
export interface Style {
  readonly colour: boolean;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

type Format = Parameters<typeof styleText>[0];

/** A style that colours, or one that does nothing. */
export function createStyle(colour: boolean): Style {
  const make =
    (format: Format) =>
    (text: string): string => {
      return colour && text !== "" ? styleText(format, text, { validateStream: false }) : text;
    };
  return {
    colour,
    bold: make("bold"),
    dim: make("dim"),
    red: make("red"),
    green: make("green"),
    yellow: make("yellow"),
    cyan: make("cyan"),
  };
}
