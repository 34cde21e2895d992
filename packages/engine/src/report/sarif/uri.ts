import { pathBytes, type RepoPath } from "../../core/path.ts";

const PLAIN = /[A-Za-z0-9\-._~/]/;

/** A path as a relative URI reference: all bytes but letters, digits and `-._~/` percent-encoded, whatever their encoding. */
export function uriOf(path: RepoPath): string {
  const text = [...pathBytes(path === "" ? "." : path)].map(encoded).join("");
  // Two slashes at the start would name a host.
  return text.startsWith("/") ? `file:///${text.replace(/^\/+/, "")}` : text;
}

function encoded(byte: number): string {
  const character = String.fromCharCode(byte);
  return PLAIN.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}

/** An address that a page may link to, or undefined: only the web, and only what is a URL. */
export function webUrl(text: string | null): string | undefined {
  if (text === null || !/^https?:\/\/[^\s\p{Cc}\p{Cs}]+$/u.test(text) || !URL.canParse(text)) return undefined;
  const { href } = new URL(text);
  return /^[!-~]+$/.test(href) && !/[<>"{}|\\^`[\]]/.test(href) ? href : undefined;
}
