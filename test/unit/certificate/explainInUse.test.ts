import { explainInUse } from "../../../provider/certificate/explainInUse";
import { off, on } from "../activation/given";

const PROJECTS = "check each project, in the dashboard or with getCertificates({ projectId, active: true }).";
const REMEDY =
  "Deactivate it first: remove its id from the resource that keeps it active, or deactivate it in the dashboard, and run " +
  "`pulumi up` again. To keep it, set retainOnDelete. If the resource has deleteBeforeReplace, remove that option: " +
  "it deletes the old certificate before the activation has replaced it.";

describe("why a certificate in use cannot be deleted", () => {
  test.each([
    [
      "is active in the organization",
      [...off("cert_b"), ...on("cert_a")],
      `It is active in the organization. It may be active in projects, too: ${PROJECTS}`,
    ],
    [
      "is active in a project",
      [...on("cert_b"), ...off("cert_a")],
      `It is not active in the organization, so it is active in a project: ${PROJECTS}`,
    ],
  ])("names the certificate, and where it is active: it %s", (_, listed, where) => {
    expect(explainInUse("cert_a", listed)).toBe(
      `cert_a "name of cert_a" is still active and was not deleted.\n${where}\n${REMEDY}`,
    );
  });

  test.each([
    ["the list cannot be read", undefined],
    ["the list does not show it", on("cert_b")],
  ])("does not say where it is active when %s", (_, listed) => {
    expect(explainInUse("cert_a", listed)).toBe(
      "cert_a is still active and was not deleted.\n" +
        `It is not known where. Check the organization, and ${PROJECTS}\n${REMEDY}`,
    );
  });
});
