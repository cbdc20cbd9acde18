import { UNKNOWN } from "../../../provider/resource/resource";
import { sanitize } from "../../../provider/shared/sanitize";
import { SECRET } from "./preview";
import type { PreviewStep, StateProperties } from "./preview";

/** Types of the dynamic resources and of the plugin's. */
const ACTIVATION =
  /^(?:pulumi-nodejs:dynamic\/openai-certificates|openai-certificates:index):(?:Org|Project)CertificateActivation$/;
const UPLOAD = /^(?:pulumi-nodejs:dynamic\/openai-certificates|openai-certificates:index):Certificate$/;
/** Steps that change something; the others are of the engine's own bookkeeping. */
const CHANGING: ReadonlySet<string> = new Set(["create", "update", "replace", "delete"]);

export function isChanging({ op }: PreviewStep): boolean {
  return CHANGING.has(op);
}

export function isActivation(step: PreviewStep): boolean {
  return ACTIVATION.test(typeOf(step));
}

export function isUpload(step: PreviewStep): boolean {
  return UPLOAD.test(typeOf(step));
}

/** Whether it is what Pulumi itself needs in each stack. */
export function isScaffold(step: PreviewStep): boolean {
  return typeOf(step) === "pulumi:pulumi:Stack" || typeOf(step).startsWith("pulumi:providers:");
}

function typeOf({ oldState, newState }: PreviewStep): string {
  return (newState ?? oldState)?.type ?? "";
}

/** The resource's name in the program. */
export function nameOf({ urn }: PreviewStep): string {
  return urn.split("::").at(-1) ?? urn;
}

/** A removal that leaves everything where it is. */
export function isRetained({ op, oldState }: PreviewStep): boolean {
  return op === "delete" && oldState?.retainOnDelete === true;
}

/** The scope of a resource's certificates before the change, as the provider's messages name it. */
export function scopeBefore({ oldState }: PreviewStep): string {
  return scopeIn({ ...oldState?.inputs, ...oldState?.outputs }, oldState?.provider);
}

/** The scope of a resource's certificates after the change, as the provider's messages name it. */
export function scopeAfter(step: PreviewStep): string {
  return step.newState ? scopeIn(step.newState.inputs, step.newState.provider) : scopeBefore(step);
}

function scopeIn({ projectId, connection }: StateProperties, provider = ""): string {
  const where = typeof projectId === "string" ? `project ${shown(projectId)}` : "organization";
  const owner =
    DECLARED_PROVIDER.exec(provider)?.groups?.["name"] ??
    (typeof connection === "string" ? shown(connection) : undefined);
  return sanitize(owner === undefined ? where : `${owner}: ${where}`);
}

/**
 * The reference to a plugin's provider that the program declares: its URN, followed by its id. The engine names those that
 * it creates itself `default`.
 */
const DECLARED_PROVIDER = /::pulumi:providers:openai-certificates::(?!default(?:_|::))(?<name>[^]+)::[^:]*$/;

function shown(value: string): string {
  if (value === SECRET) return "(secret, not shown)";
  return value === UNKNOWN ? "(not known yet)" : value;
}

/** A part of a scope's name that is secret, or not known before the update. Two scopes may have this name. */
export const HIDDEN = /\((?:secret, not shown|not known yet)\)/;
