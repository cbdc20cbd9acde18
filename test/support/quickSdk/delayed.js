/** A module that is loaded when one of its exports is read. */
function delayed(loadNow) {
  return proxyOf((name) => loadNow()[name]);
}

/** A module of functions and classes that is loaded when one of them is called. */
function delayedFunctions(loadNow) {
  return proxyOf((name) => delayedFunction(() => loadNow()[name]));
}

/** A function or class that is loaded when it is used. */
function delayedFunction(get) {
  return new Proxy(function () {}, {
    get: (_target, name) => get()[name],
    apply: (_target, self, args) => Reflect.apply(get(), self, args),
    construct: (_target, args) => Reflect.construct(get(), args),
  });
}

function proxyOf(get) {
  return new Proxy({}, { get: (_target, name) => (name === "__esModule" ? true : get(name)) });
}

module.exports = { delayed, delayedFunction, delayedFunctions };
