/** The folder for changes on their way into the work tree, from the repository root; there is none where none is on its way. */
export const APPLYING = ".symbiotic/applying";
