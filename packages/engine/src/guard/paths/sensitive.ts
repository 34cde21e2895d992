import { nameOf, type RepoPath } from "../../core/path.ts";

/** Names that nothing but credentials go by. */
const CREDENTIALS =
  /^\.env(?:rc)?(?:[._-]|$)|\.env$|^[._]?(?:netrc|npmrc|pypirc|pgpass|htpasswd)$|^id_[a-z0-9]+$|\.(?:pem|key|ppk|p12|pfx|jks|keystore|kdbx)$/;
const WORDS = /credential|secret/;
/** Endings of files that hold values; sources and prose only speak of them. */
const VALUES = /^[^.]*$|^\.[^.]+$|\.(?:json|ya?ml|toml|ini|cfg|conf|properties|xml|csv|tsv|txt|env|bak|old|db|sqlite)$/;
const TEMPLATE = /\.(?:example|sample|template|dist)$/;

/** Whether an ignored file holds credentials by its name: an agent has no use for it. */
export function isSensitive(path: RepoPath): boolean {
  const name = nameOf(path).toLowerCase();
  return CREDENTIALS.test(name) || WORDS.test(name);
}

/**
 * Whether a file is not to be committed, by its name: what `isSensitive` means, but for sources and prose whose name only
 * speaks of secrets (`secrets.ts`), and templates (`.env.example`).
 */
export function holdsCredentials(path: RepoPath): boolean {
  const name = nameOf(path).toLowerCase();
  if (TEMPLATE.test(name)) return false;
  return CREDENTIALS.test(name) || (WORDS.test(name) && VALUES.test(name));
}
