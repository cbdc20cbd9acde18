// Loaded with `node --require`: the clock starts at a fixed instant, so that previews show the same dates on any day.
const START = Date.parse("2026-11-24T12:00:00Z");
const offsetMs = START - Date.now();
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + offsetMs);
    else super(...args);
  }

  static now() {
    return RealDate.now() + offsetMs;
  }
};
