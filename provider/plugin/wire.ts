import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "../resource/resource";
import { isObject } from "../shared/isObject";

/**
 * The key and the value that mark an object on the wire as a secret, whose plain text is its `value`.
 * Source: `SpecialSigKey` and `SpecialSecretSig` in @pulumi/pulumi, runtime/rpc.
 */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Absent properties are left out at every depth, because a `Struct` cannot hold them. */
export function toStruct(properties: Properties): Struct {
  return Struct.fromJavaScript(withoutAbsent(properties) as Record<string, JavaScriptValue>);
}

/** The properties of a request; none when the field is absent. */
export function fromStruct(struct: Struct | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}

function withoutAbsent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAbsent);
  if (!isObject(value)) return value;
  const present = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(present.map(([key, each]) => [key, withoutAbsent(each)]));
}

/** Marks a value as a secret, so that the engine encrypts it in the state. */
export function secret(value: unknown): Properties {
  return { [SIGNATURE]: SECRET, value };
}

export function isSecret(value: unknown): value is { readonly value: unknown } {
  return isObject(value) && value[SIGNATURE] === SECRET;
}

/** The plain text of a value that may be a secret. */
export function reveal(value: unknown): unknown {
  return isSecret(value) ? value.value : value;
}

/** A setting as text, as in the stack's configuration; a program may pass numbers and booleans as such. */
export function textOf(value: unknown): string | undefined {
  const plain = reveal(value);
  if (typeof plain === "string") return plain;
  return plain === undefined || plain === null ? undefined : JSON.stringify(plain);
}
