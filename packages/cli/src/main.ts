import { main } from "@symbiotic-build/engine/cli";

main();
