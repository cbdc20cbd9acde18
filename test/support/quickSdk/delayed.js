/** A module that is loaded when one of its exports is read. */
function delayed(loadNow) {
  return proxyOf((name) => loadNow()[name]);
}

/** A module of functions and classes that is loaded when one of them is called. */
function delayedFunctions(loadNow) {
  return proxyOf((name) => delayedFunction(() => loadNow()[name]));
}

function delayedFunction(get) {
  return new Proxy(function () {}, {
    apply: (_target, self, args) => Reflect.apply(get(), self, args),
    construct: (_target, args) => Reflect.construct(get(), args),
  });
}

function proxyOf(get) {
  return new Proxy({}, { get: (_target, name) => (name === "__esModule" ? true : get(name)) });
}

module.exports = { delayed, delayedFunctions };
