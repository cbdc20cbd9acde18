/** What is loaded only where a program declares clients: see load.ts. */
export { declaredClients } from "./argument";
export { linkedUploadsOf } from "./linkedUploads";
export { clientOutputs, storedExpiries } from "./outputs";
export { reviewPreview } from "./reviewPreview";
export { reviewUpdate } from "./reviewUpdate";
export { clientVerdictsSchema } from "./storedVerdicts";
