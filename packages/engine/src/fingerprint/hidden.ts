/** What people are told where two fingerprints differ and what is kept of them does not. */
export const HIDDEN = "a value that is never shown";
