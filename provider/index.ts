/**
 * What runs in the engine's provider process.
 *
 * Every state that was ever written calls these objects by name, through the closures of `sdk/`: names and methods
 * stay for good.
 */
import "./shared/requireSupportedNode";
import { activationProvider } from "./dynamic/activationProvider";
import { certificateProvider } from "./dynamic/certificateProvider";
import { logging } from "./dynamic/logging";

export const organization = logging(activationProvider("organization"));
export const project = logging(activationProvider("project"));
export const certificate = logging(certificateProvider());
