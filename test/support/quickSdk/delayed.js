"use strict";

/** Can be called and constructed, as a proxy of it can. */
const STAND_IN = function () {
  return undefined;
};

/** A module that is loaded when it is first used, whatever it exports: an object, a function or a class. */
function delayed(loadNow) {
  let loaded;
  const load = () => (loaded ??= { exports: loadNow() }).exports;
  return new Proxy(STAND_IN, {
    get: (_target, name) => read(load, name),
    set: (_target, name, value) => Reflect.set(load(), name, value),
    has: (_target, name) => name in load(),
    apply: (_target, self, args) => Reflect.apply(load(), self, args),
    construct: (_target, args) => Reflect.construct(load(), args),
    ownKeys: (target) => [...new Set([...Reflect.ownKeys(target), ...Reflect.ownKeys(load())])],
    getOwnPropertyDescriptor: (target, name) => {
      const descriptor = Reflect.getOwnPropertyDescriptor(load(), name);
      // A proxy may only report a property as fixed if its target has it, too.
      return descriptor
        ? { ...descriptor, configurable: true }
        : Reflect.getOwnPropertyDescriptor(target, name);
    },
  });
}

/** Compiled imports ask for `__esModule` at once, and for `default` of a module that has none: that is the module. */
function read(load, name) {
  if (name === "__esModule") return true;
  const exports = load();
  return name === "default" && !exports.__esModule ? exports : exports[name];
}

/** A module of functions and classes, of which each is loaded when it is first used, although a file reads all at once. */
function delayedExports(loadNow) {
  return new Proxy({}, { get: (_target, name) => delayed(() => loadNow()[name]) });
}

module.exports = { delayed, delayedExports };
