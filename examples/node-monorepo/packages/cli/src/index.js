import { table } from "../../api/dist/index.js";

/** What is printed for these arguments. */
export function main(args) {
  return args.length === 0 ? "say something" : table(args.join(" "));
}
