// Loaded with `node --require`: makes time pass BENCH_CLOCK_FACTOR times as fast for timers and `performance.now`, so that
// a window of 6 seconds is a minute for the code that is measured. Acts in the provider process and in the script only.
const promises = require("node:timers/promises");

const MEASURED_SCRIPT = /[\\/](?:dynamic-provider\b|activateByScript\.mjs$)/;
const factor = Number(process.env.BENCH_CLOCK_FACTOR);

if (MEASURED_SCRIPT.test(process.argv[1] ?? "") && factor > 1) {
  const { setTimeout: setTimer } = globalThis;
  const { setTimeout: sleep } = promises;
  const now = performance.now.bind(performance);
  performance.now = () => now() * factor;
  globalThis.setTimeout = (callback, delay = 0, ...args) => setTimer(callback, delay / factor, ...args);
  promises.setTimeout = (delay = 0, ...args) => sleep(delay / factor, ...args);
}
