import { ORGANIZATION } from "../api/scope";
import { activation } from "./activation";
import type { PluginResource } from "./pluginResource";

export const orgCertificateActivation: PluginResource = {
  ...activation("organization"),
  type: "openai-certificates:index:OrgCertificateActivation",
  invalidId: (id) =>
    id === ORGANIZATION.kind
      ? undefined
      : `is not the id of an OrgCertificateActivation; use "${ORGANIZATION.kind}", for the organization of the admin key`,
};
