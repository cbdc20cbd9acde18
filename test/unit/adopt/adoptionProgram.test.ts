import fc from "fast-check";
import { createSourceFile, isExpressionStatement, isImportDeclaration, ScriptTarget } from "typescript";
import { adoptionProgram } from "../../../cli/adopt/adoptionProgram";
import type { ListedCertificate } from "../../../provider/api/listedCertificate";

const certificate = (id: string, name: string | null, active = true): ListedCertificate => ({
  id,
  name,
  active,
  createdAt: 1_700_000_000,
  certificateDetails: { expiresAt: 4_102_444_800 },
});

const organization = (certificates: readonly ListedCertificate[]) =>
  adoptionProgram([{ scope: { kind: "organization" }, certificates }]);

test("the program declares the active certificates, sorted, each with its name and expiry, and protects them", () => {
  const text = adoptionProgram([
    {
      scope: { kind: "organization" },
      certificates: [
        certificate("cert_b", null),
        certificate("cert_a", "Gateway"),
        certificate("cert_c", "Old", false),
      ],
    },
    { scope: { kind: "project", projectId: "proj_a" }, certificates: [certificate("cert_a", "Gateway")] },
  ]);
  expect(text).toContain(`import { OrgCertificateActivation, ProjectCertificateActivation } from`);
  expect(text).toContain(`new OrgCertificateActivation(
  "organization",
  {
    certificateIds: [
      "cert_a", // Gateway, expires 2100-01-01
      "cert_b", // no name, expires 2100-01-01
    ],
    enforcementChange: "refuse",
  },
  { protect: true },
);`);
  expect(text).toContain(`new ProjectCertificateActivation(
  "proj_a",
  {
    projectId: "proj_a",
    certificateIds: [`);
  expect(text).not.toContain("cert_c");
});

test("a scope without active certificates is a comment, not a declaration", () => {
  const text = organization([certificate("cert_a", "Gateway", false)]);
  expect(text).toContain("// organization: no certificate is active");
  expect(text).not.toContain("import");
});

test("no name can add code to the program", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("x\nprocess.exit()", "*/ throw 1 /*", "\u2028evil()", "\r evil()"),
  );
  fc.assert(
    fc.property(hostile, (name) => {
      const source = createSourceFile(
        "index.ts",
        organization([certificate("cert_a", name)]),
        ScriptTarget.Latest,
      );
      const [first, second, ...others] = source.statements;
      expect(first && isImportDeclaration(first)).toBe(true);
      expect(second && isExpressionStatement(second)).toBe(true);
      expect(others).toEqual([]);
    }),
  );
});
