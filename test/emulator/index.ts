export { countCalls, type LoggedCall } from "./callLog";
export { type StoredCertificate } from "./certificate";
export { startEmulator, type Emulator } from "./emulator";
export { type Endpoint } from "./endpoint";
export { type Fault, type FaultKind, type FaultTarget } from "./faults";
export { type EmulatorOptions, type ServerIdentity } from "./options";
export { type Scope } from "./scope";
export { type Seed } from "./seed";
export { type ThrottleOptions } from "./throttle";
