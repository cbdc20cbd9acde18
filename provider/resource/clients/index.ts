/** What is loaded only where a program declares clients: see load.ts. */
export { declaredClients } from "./argument";
export { reviewPreview } from "./reviewPreview";
export { reviewUpdate } from "./reviewUpdate";
export { clientOutputs, storedExpiries } from "./outputs";
export { clientVerdictsSchema } from "./storedVerdicts";
