import type { Properties } from "../resource/resource";
import { UNKNOWN } from "../resource/resource";
import { idsOf, setsAsMaps } from "../resource/setShapes";
import { isObject } from "../shared/isObject";

/** Whether the dynamic resource wrote a state. */
export function isFromDynamicResource(state: Properties): boolean {
  return "__provider" in state || isObject(state["certificateIds"]);
}

/** Inputs or a state in the core's shape. The connection of a moved state is that of the provider now. */
export function toMaps(properties: Properties): Properties {
  const { __provider, connection, ...others } = properties;
  return setsAsMaps(others);
}

/** Inputs in the shape of the schema. */
export function toListedInputs(inputs: Properties): Properties {
  const { connection, certificateIds, ...others } = inputs;
  return { ...others, certificateIds: certificateIds === UNKNOWN ? UNKNOWN : idsOf(certificateIds) };
}

/** A state in the shape of the schema. */
export function toListedState(state: Properties): Properties {
  const { __provider, connection, certificateIds, unmanagedActiveCertificateIds, ...others } = state;
  const unverified = idsOf(certificateIds).filter((id) => !isActive(certificateIds, id));
  const unmanaged = Object.entries(
    isObject(unmanagedActiveCertificateIds) ? unmanagedActiveCertificateIds : {},
  );
  const unmanagedStates = unmanaged.filter(([, state]) => state !== "active");
  return {
    ...others,
    certificateIds: idsOf(certificateIds).filter((id) => isActive(certificateIds, id)),
    ...(unverified.length > 0 && { unverifiedCertificateIds: unverified }),
    unmanagedActiveCertificateIds: unmanaged
      .filter(([, state]) => state !== "unverified")
      .map(([id]) => id)
      .sort(),
    ...(unmanagedStates.length > 0 && { unmanagedStates: Object.fromEntries(unmanagedStates) }),
  };
}

function isActive(certificateIds: unknown, id: string): boolean {
  return isObject(certificateIds) && certificateIds[id] === "active";
}
