import { getCertificates } from "pulumi-openai-certificates/plugin";

export const activeNames = getCertificates({ active: true }).then((found) => found.map(({ name }) => name));
