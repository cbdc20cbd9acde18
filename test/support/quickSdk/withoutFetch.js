const OF_FETCH = ["fetch", "Request", "Response"];

/** Loads axios as if Node had no `fetch`. Axios tries it out when it is loaded, which makes Node load its HTTP client. */
function withoutFetch(loadNow) {
  const own = OF_FETCH.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
  for (const name of OF_FETCH) Reflect.deleteProperty(globalThis, name);
  try {
    return loadNow();
  } finally {
    for (const [name, descriptor] of own) Object.defineProperty(globalThis, name, descriptor);
  }
}

module.exports = { withoutFetch };
