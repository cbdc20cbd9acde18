/**
 * What runs in the engine's provider process. Programs do not import it.
 *
 * Every existing state refers to these exports and their methods by name, through the closures of `sdk/`. Do not rename or
 * remove any.
 *
 * @module pulumi-openai-certificates/provider
 */
import "./shared/requireSupportedNode";
import { dynamicProvider } from "./dynamic/dynamicProvider";
import { logging } from "./dynamic/logging";
import { sendToEngine } from "./dynamic/sendToEngine";
import { activationResource } from "./resource/activationResource";
import { certificateResource } from "./resource/certificateResource";
import { sendMessagesWith } from "./shared/log";

export type { Properties, Provider } from "./dynamic/protocol";

sendMessagesWith(sendToEngine);

/** Manages the active certificates of an organization. */
export const organization = logging(dynamicProvider(activationResource("organization")));
/** Manages the active certificates of a project. */
export const project = logging(dynamicProvider(activationResource("project")));
/** Manages an uploaded certificate. */
export const certificate = logging(dynamicProvider(certificateResource()));
