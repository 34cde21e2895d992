/** Characters that JSON allows as they are and a terminal may obey. */
const CONTROL = /[\u007f-\u009f\u2028\u2029]/g;

/** The JSON of a value, safe to print: the same value, with all control characters escaped. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(CONTROL, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
