/** To be imported first: on an old Node.js, nothing else is loaded, and the error says what to install. */
import { requireSupportedNode } from "./nodeVersion";

requireSupportedNode();
