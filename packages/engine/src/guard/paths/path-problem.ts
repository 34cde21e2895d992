/** Why a text is not the path of a file of the repository. */
export type PathProblem =
  | "empty"
  | "too long"
  | "a control character"
  | "an invisible character"
  | "broken text"
  | "a backslash"
  | "absolute"
  | "in a home"
  | "a drive or a stream"
  | "leads upwards"
  | "a name that ends in a dot or a space"
  | "the name of a device"
  | "a short name"
  | "an encoding that hides something";

const CONTROL = /[\p{Cc}\u2028\u2029]/u;
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
/** Half a character, but for the form in which bytes that are not UTF-8 are held. */
const BROKEN = /(?![\udc80-\udcff])\p{Cs}/u;
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?: *\..*)?$/is;
/** What Windows calls a file with a longer name: `GIT~1`. */
const SHORT = /^[^.]{1,6}~\d{1,5}(?:\.[^.]{0,3})?$/;

/** What is wrong with a text as a path, whatever encodings are in it; undefined if nothing is. */
export function problemOfText(text: string): PathProblem | undefined {
  if (text.startsWith("/")) return "absolute";
  if (text.startsWith("~")) return "in a home";
  if (CONTROL.test(text)) return "a control character";
  if (INVISIBLE.test(text)) return "an invisible character";
  if (BROKEN.test(text)) return "broken text";
  if (text.includes("\\")) return "a backslash";
  if (text.includes(":")) return "a drive or a stream";
  const names = namesOf(text);
  if (names.length === 0) return "empty";
  for (const name of names) {
    const problem = problemOfName(name);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The names on a path, without those that stand for the same folder. */
export function namesOf(path: string): string[] {
  return path.split("/").filter((name) => name !== "" && name !== ".");
}

function problemOfName(name: string): PathProblem | undefined {
  if (name === "..") return "leads upwards";
  if (/[. ]$/.test(name)) return "a name that ends in a dot or a space";
  if (DEVICE.test(name)) return "the name of a device";
  return SHORT.test(name) ? "a short name" : undefined;
}
