// Makes a process look like one of an old Node.js: its version, and the functions that it lacks.
const tls = require("node:tls");

Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.11.1" } });
delete tls.getCACertificates;
delete Promise.withResolvers;
delete URL.parse;
for (const method of ["union", "intersection", "difference", "symmetricDifference", "isSubsetOf"])
  Reflect.deleteProperty(Set.prototype, method);
