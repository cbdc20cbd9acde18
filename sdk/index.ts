export { OrgCertificateActivation, type OrgCertificateActivationArgs } from "./orgCertificateActivation";
export type { ListedCertificate } from "../provider/api/shapes";
