export { countCalls, type LoggedCall } from "./api/callLog";
export { type StoredCertificate } from "./certificates/certificate";
export { type Dialect, DIALECTS } from "./faults/dialect";
export { type Emulator, startEmulator } from "./emulator";
export { type Endpoint } from "./api/endpoint";
export { type Fault, type FaultKind, type FaultTarget } from "./faults/faults";
export { type EmulatorOptions } from "./options";
export { type Seed } from "./store/seed";
