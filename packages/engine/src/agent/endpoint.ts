import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";

/** An address that an agent talks to, and the variable that says it. */
export interface Endpoint {
  readonly variable: string;
  readonly address: string;
}

/** Gives the IP addresses of a host's name; rejects where it has none. */
export type Resolve = (host: string) => Promise<readonly string[]>;

const V4: readonly (readonly [net: string, prefix: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
];
const V6: readonly (readonly [net: string, prefix: number])[] = [
  ["::", 128],
  ["::1", 128],
  ["64:ff9b::", 96],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
];

const PRIVATE = new BlockList();
for (const [net, prefix] of V4) PRIVATE.addSubnet(net, prefix, "ipv4");
for (const [net, prefix] of V6) PRIVATE.addSubnet(net, prefix, "ipv6");

/**
 * Why keys and code may not be sent to an address: it is no https one, or it leads into a private network, by itself or by its name.
 * Undefined where nothing is against it. A name that cannot be resolved here is left to who connects.
 */
export async function endpointProblem(
  { variable, address }: Endpoint,
  resolve: Resolve = resolveByDns,
): Promise<Diagnostic | undefined> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined) return refused(variable, "is no URL");
  if (url.protocol !== "https:") return refused(variable, `is not an https address (${url.protocol}//${url.host})`);
  if (url.username !== "" || url.password !== "") return refused(variable, "holds a name or a password");
  const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  const at = (await addressesOf(host, resolve)).find(isPrivate);
  return at === undefined ? undefined : refused(variable, `leads into a private network (${host}, ${at})`);
}

async function addressesOf(host: string, resolve: Resolve): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  if (/(^|\.)(localhost|local|internal)$/i.test(host)) return ["127.0.0.1"];
  try {
    return await resolve(host);
  } catch {
    return [];
  }
}

function isPrivate(address: string): boolean {
  // `::ffff:10.0.0.1` is 10.0.0.1; the list knows that by itself.
  return PRIVATE.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

async function resolveByDns(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

function refused(variable: string, why: string): Diagnostic {
  return errorOf("SYM5115", `${variable} ${why}: nothing is sent there`, {
    hint: "correct it; where that address is meant, set `agents.privateEndpoints` or SYMBIOTIC_PRIVATE_ENDPOINTS=1",
  });
}
