import { ID } from "../api/id";
import { certificateResource } from "../resource/certificateResource";
import type { Properties } from "../resource/resource";
import { certificateDifferences } from "./differences";
import type { PluginResource } from "./pluginResource";

export const certificate: PluginResource = {
  type: "openai-certificates:index:Certificate",
  core: certificateResource(),
  toCore: withoutDynamic,
  toInputs: withoutDynamic,
  toState: withoutDynamic,
  differences: certificateDifferences,
  computed: ["createdAt", "validAt", "expiresAt", "subject", "issuer", "serialNumber", "fingerprint", "isCa"],
  // A rename changes nothing else; another certificate is another resource.
  changesComputed: () => false,
  refusesRemoval: () => undefined,
  invalidId: (id) =>
    ID.test(id)
      ? undefined
      : "is not the id of a certificate; use it as shown in the dashboard, such as cert_abc123",
};

/** Properties without those that only the dynamic resource has. */
function withoutDynamic({ __provider, connection, ...properties }: Properties): Properties {
  return properties;
}
