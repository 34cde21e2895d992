import { lage } from "./lage.mjs";
import { moon } from "./moon.mjs";
import { nx, nxDaemon } from "./nx.mjs";
import { symbiotic } from "./symbiotic.mjs";
import { turbo, turboBinary } from "./turbo.mjs";

/** Every tool that can be measured, in the order of the tables. */
export const TOOLS = [symbiotic, turbo, turboBinary, nx, nxDaemon, moon, lage];
