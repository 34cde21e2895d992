// Lets a process believe that it is later than it is, by SYMBIOTIC_TEST_LATER_MS: what was just written is then old to it,
// and the states of files prove what they prove a few seconds after an edit. Nothing waits for a clock.
const OwnDate = Date;
const later = Number(process.env.SYMBIOTIC_TEST_LATER_MS ?? "0");

globalThis.Date = class extends OwnDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [OwnDate.now() + later] : parts));
  }

  static now() {
    return OwnDate.now() + later;
  }
};
