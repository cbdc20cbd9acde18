import { ID } from "../api/id";
import { activation } from "./activation";
import type { PluginResource } from "./pluginResource";

export const projectCertificateActivation: PluginResource = {
  ...activation("project"),
  type: "openai-certificates:index:ProjectCertificateActivation",
  invalidId: (id) =>
    ID.test(id)
      ? undefined
      : "is not the id of a project; use it as shown in the dashboard, such as proj_abc123",
};
