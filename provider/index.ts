/**
 * What runs in the engine's provider process.
 *
 * Every state that was ever written calls these objects by name, through the closures of `sdk/`: names and methods
 * stay for good.
 */
import "./shared/requireSupportedNode";
import { activationProvider } from "./dynamic/activationProvider";
import { certificateProvider } from "./dynamic/certificateProvider";

export const organization = activationProvider("organization");
export const project = activationProvider("project");
export const certificate = certificateProvider();
