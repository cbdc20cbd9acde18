/** What is loaded only where a program declares clients: see load.ts. */
export { declaredClients } from "./argument";
export { judgePreview } from "./judgePreview";
export { judgeUpdate } from "./judgeUpdate";
export { clientOutputs, storedExpiries } from "./outputs";
export { clientVerdictsSchema } from "./storedVerdicts";
