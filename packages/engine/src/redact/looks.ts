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

/** Whether a value is put together of words: `defaultToConfig2`. So many small letters in a row are one, or the end of one. */
export function isOfWords(value: string): boolean {
  const words = value.match(/[a-z]{4,}/g) ?? [];
  return words.join("").length > value.length * 0.6;
}
