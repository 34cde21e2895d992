/** The catalogue of the pipeline's 119 atoms: data only. */
export { CATALOGUE, catalogueEntry, PHASES, type CatalogueEntry, type Phase } from "./catalogue.ts";
