import { type Diagnostic, errorOf, warningOf } from "../../core/diagnostic.ts";
import { errorCode } from "../../fingerprint/files/file-stat.ts";
import { ARCHIVE_VERSION } from "./archive-format.ts";

const EXPORT_AGAIN = "export the cache again, with `symbiotic cache export <file>`; nothing was taken in";

/** The file cannot be opened or read. */
export function unreadableArchive(file: string, error: unknown): Diagnostic {
  const isMissing = errorCode(error) === "ENOENT";
  return errorOf("SYM6030", `${file} cannot be read: ${isMissing ? "there is no such file" : reasonOf(error)}`, {
    hint: "name a file that `symbiotic cache export` has written; `--optional` makes this no error, for a CI job's first run",
  });
}

/** The file is something else. */
export function noArchive(file: string): Diagnostic {
  return errorOf("SYM6031", `${file} is no archive of a cache`, {
    hint: "name a file that `symbiotic cache export` has written; nothing was taken in",
  });
}

/** The file is of another version's format. */
export function foreignArchive(file: string, version: number): Diagnostic {
  return errorOf(
    "SYM6032",
    `${file} has format ${String(version)} of the archive, and this version of symbiotic reads format ${String(ARCHIVE_VERSION)}`,
    { hint: "export it again with the version that imports it; nothing was taken in" },
  );
}

/** Bytes of the file are not those that were written. */
export function damagedArchive(file: string, why: string): Diagnostic {
  return errorOf("SYM6033", `${file} is damaged: ${why}`, { hint: EXPORT_AGAIN });
}

/** The file holds more than the cache may. */
export function oversizedArchive(file: string, maxBytes: number): Diagnostic {
  return errorOf(
    "SYM6034",
    `${file} holds more than the cache may keep (${String(maxBytes)} bytes); nothing was taken in`,
    { hint: "export less of it (`--last-run`, `--max-bytes`), or raise `cache.maxBytes` if you trust the file" },
  );
}

/** The file is whole and holds what no cache exports. */
export function hostileArchive(file: string, why: string): Diagnostic {
  return errorOf("SYM6035", `${file} was not written by \`symbiotic cache export\`: ${why}; nothing was taken in`, {
    hint: "find out where the file comes from, and import only what you trust",
  });
}

/** The archive cannot be written. */
export function unwritableArchive(file: string, error: unknown): Diagnostic {
  return errorOf("SYM6036", `${file} cannot be written: ${reasonOf(error)}`, {
    hint: "what stood there before is as it was; check the folder's permissions and the disk",
  });
}

/** Nothing can be taken into the cache. */
export function unwritableCache(directory: string, error: unknown): Diagnostic {
  return errorOf("SYM6037", `cannot write to the cache in ${directory}: ${reasonOf(error)}`, {
    hint: "check the folder's permissions and the disk, or choose another folder with `cache.dir`",
  });
}

/** Records were left behind because bytes that they name are damaged or gone. */
export function leftBehind(records: number): Diagnostic {
  return warningOf(
    "SYM6038",
    `${String(records)} ${records === 1 ? "record was" : "records were"} left out: the cache does not hold all the bytes that ${records === 1 ? "it names" : "they name"}`,
    { hint: "nothing to do: their tasks run again; `symbiotic cache verify` looks at every byte" },
  );
}

function reasonOf(error: unknown): string {
  return errorCode(error) || (error instanceof Error ? error.message : String(error));
}
