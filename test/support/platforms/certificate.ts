import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A certificate for the hosts of vendors, and its key; who is to believe it is given the file. */
export interface Certificate {
  readonly file: string;
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** Makes one in a folder, for a day. */
export function makeCertificate(folder: string, hosts: readonly string[]): Certificate {
  const [file, key] = [join(folder, "stub.pem"), join(folder, "stub.key")];
  const names = hosts.map((host) => `DNS:${host}`).join(",");
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"],
      ...["-subj", "/CN=stub", "-addext", `subjectAltName=${names}`, "-keyout", key, "-out", file],
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  return { file, cert: readFileSync(file), key: readFileSync(key) };
}
