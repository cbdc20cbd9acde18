export type { CertificateActivationArgs } from "./certificateActivation";
export { OrgCertificateActivation, type OrgCertificateActivationArgs } from "./orgCertificateActivation";
export {
  ProjectCertificateActivation,
  type ProjectCertificateActivationArgs,
} from "./projectCertificateActivation";
export type { ListedCertificate } from "../provider/api/shapes";
