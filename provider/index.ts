/**
 * What runs in the engine's provider process.
 *
 * Every state that was ever written calls these objects by name, through the closures of `sdk/`: names and methods
 * stay for good.
 */
import "./shared/requireSupportedNode";
import { dynamicProvider } from "./dynamic/dynamicProvider";
import { sendToEngine } from "./dynamic/engineLog";
import { logging } from "./dynamic/logging";
import { activationResource } from "./resource/activationResource";
import { certificateResource } from "./resource/certificateResource";
import { sendMessagesWith } from "./shared/log";

sendMessagesWith(sendToEngine);

export const organization = logging(dynamicProvider(activationResource("organization")));
export const project = logging(dynamicProvider(activationResource("project")));
export const certificate = logging(dynamicProvider(certificateResource()));
