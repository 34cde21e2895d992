const STAND_INS =
  /^(?:\$[({]|\$[A-Za-z_]\w*$|%[a-z]$|%\(|\{.*\}$|<.*>$|<[A-Za-z][\w -]{0,30}$|\{[^{}]*\}[;,]$|(?:[a-z]{1,4}-)?your[_-]|[~^]\d+\.\d+\.|x{3,}$|\.{3}$|\*{3,}$|-+$)/i;
const WORDS =
  /^(?:none|null|nil|undefined|true|false|yes|no|on|off|pass|str|string|text|bool|boolean|int|integer|float|double|number|bytes|bytearray|any|object|dict|list|tuple|set|self|cls|optional|required|secret|missing|invalid|empty|hidden|masked|redacted|changeme|inherit|default|(?:secret|unicode|u?int|float|utf-?)(?:str|bytes|\d{1,3}))$/i;
const CODE = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/;
const PATH =
  /^(?:\.{0,2}\/|~\/|[A-Za-z]:[\\/])|\.(?:py|ts|js|json|ya?ml|toml|txt|cfg|ini|md|pem|key|crt|env|lock|log|xml|html)(?::\d+)*$/;

/** Whether a value only stands in for one: `${TOKEN}`, `<password>`, `***`, `None`, the name of a type. */
export function isStandIn(value: string): boolean {
  return STAND_INS.test(value) || WORDS.test(value);
}

/** Whether a value reads as an expression of a program, given the character after it: `settings.key`, `get_token(`. */
export function isCode(value: string, after: string): boolean {
  return after === "(" || after === "[" || CODE.test(value) || /^[A-Za-z_][\w.]*[([]/.test(value);
}

/** Whether a value is a path rather than a secret. */
export function isPath(value: string): boolean {
  return PATH.test(value);
}

/** Whether letters and digits are mixed as a generator mixes them, not as a person names things. */
export function looksRandom(value: string): boolean {
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  return (/[a-z]/.test(value) && /[A-Z]/.test(value)) || /[A-Za-z0-9]{20}/.test(value);
}

/**
 * Whether a machine made this by chance: letters of both cases and digits that change places as often as chance has it, which
 * no name and no word does; with `isHexToo` also a long hexadecimal number.
 */
export function looksMade(value: string, isHexToo: boolean): boolean {
  if (value.length < 20 || value.length > 512) return false;
  const { kinds, changes, words } = kindsIn(value);
  if (isHexToo && value.length >= 32 && value.length <= 128 && /^[0-9a-f]+$/.test(value))
    return kinds === (LOWER | DIGIT);
  if ((kinds & ALL) !== ALL || (kinds & FOREIGN) !== 0) return false;
  return changes >= value.length * 0.4 && words <= value.length * 0.3 && new Set(value).size >= 12;
}

/** Whether a value is put together of words: `defaultToConfig2`. */
export function isOfWords(value: string): boolean {
  return kindsIn(value).words > value.length * 0.6;
}

/** So many small letters in a row are a word, or the end of one. */
const WORD = 4;

const [LOWER, UPPER, DIGIT, SIGN, FOREIGN] = [1, 2, 4, 8, 16];
const ALL = LOWER | UPPER | DIGIT;

/** Which kinds of characters a text is made of, how often one of one kind follows one of another, and how many are in words. */
function kindsIn(value: string): { readonly kinds: number; readonly changes: number; readonly words: number } {
  let [kinds, changes, last, small, words] = [0, 0, 0, 0, 0];
  for (let at = 0; at < value.length; at += 1) {
    const kind = kindOfCharacter(value.charCodeAt(at));
    kinds |= kind;
    if (last !== 0 && kind !== last) changes += 1;
    last = kind;
    small = kind === LOWER ? small + 1 : 0;
    if (small >= WORD) words += small === WORD ? WORD : 1;
  }
  return { kinds, changes, words };
}

function kindOfCharacter(code: number): number {
  if (code >= 97 && code <= 122) return LOWER;
  if (code >= 65 && code <= 90) return UPPER;
  if (code >= 48 && code <= 57) return DIGIT;
  return code === 43 || code === 45 || code === 47 || code === 95 || code === 61 ? SIGN : FOREIGN;
}
