/** Import this first: on an unsupported Node.js, nothing else is loaded, and the error names the versions to install. */
import { requireSupportedNode } from "./nodeVersion";

requireSupportedNode();
