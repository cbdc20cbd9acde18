/** Loads what judges clients, an ASN.1 library included: most stacks declare no clients. */
export function loadClients(): typeof import("./index") {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require("./index") as typeof import("./index");
}
