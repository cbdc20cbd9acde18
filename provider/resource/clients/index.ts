/** What is loaded only where a program declares clients: see load.ts. */
export { clientsSchema, declaredClients } from "./argument";
export { judgePreview } from "./judgePreview";
export { judgeUpdate } from "./judgeUpdate";
export { clientOutputs, clientVerdictsSchema, storedExpiries } from "./outputs";
