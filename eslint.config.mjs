// The rules, with what they are for, are in scripts/lint/.
import { config } from "./scripts/lint/config.mjs";

export default config;
