import type { ListedCertificate } from "../../../provider/api/listedCertificate";
import { parseCaCertificate } from "../../../provider/certificate/caCertificate";
import type { CaCertificate } from "../../../provider/certificate/caCertificate";
import { isContentOf, isSameName, mayBeUnusedCopy } from "../../../provider/certificate/sameCertificate";
import { issueCa } from "../../emulator/certificates/issue";

let caCertificate: CaCertificate;

beforeAll(async () => {
  caCertificate = await anchorNamed("gateway");
});

async function anchorNamed(name: string): Promise<CaCertificate> {
  const validity = { validFrom: new Date("2030-01-01T00:00:00Z"), expires: new Date("2031-01-01T00:00:00Z") };
  const parsed = parseCaCertificate((await issueCa({ name, ...validity })).pem);
  if ("caCertificate" in parsed) return parsed.caCertificate;
  throw new Error(parsed.problem);
}

describe("an unused copy of an upload", () => {
  const isCandidate = (more: Partial<ListedCertificate> = {}, name: string | undefined = "gateway") =>
    mayBeUnusedCopy(
      { caCertificate, name },
      {
        id: "cert_copy",
        name: "gateway",
        active: false,
        createdAt: 1,
        certificateDetails: { validAt: caCertificate.validAt, expiresAt: caCertificate.expiresAt },
        ...more,
      },
    );

  test("has its name and validity, and is inactive", () => {
    expect(isCandidate()).toBe(true);
    expect(isCandidate({ certificateDetails: {} })).toBe(true);
    expect(isCandidate({ name: " gateway" }, "gateway ")).toBe(true);
  });

  test("has no name when the upload has none", () => {
    expect(mayBeUnusedCopy({ caCertificate }, listedWith(null))).toBe(true);
    expect(mayBeUnusedCopy({ caCertificate }, listedWith("gateway"))).toBe(false);
  });

  test.each<[string, () => Partial<ListedCertificate>]>([
    ["active", () => ({ active: true })],
    ["of another name", () => ({ name: "batch" })],
    ["without the name", () => ({ name: null })],
    ["valid from another moment", () => ({ certificateDetails: { validAt: caCertificate.validAt + 1 } })],
    ["valid to another moment", () => ({ certificateDetails: { expiresAt: caCertificate.expiresAt + 1 } })],
  ])("is not one that is %s", (_, more) => {
    expect(isCandidate(more())).toBe(false);
  });

  const listedWith = (name: string | null): ListedCertificate => ({
    id: "cert_copy",
    name,
    active: false,
    createdAt: 1,
    certificateDetails: {},
  });
});

test("contents are equal in any layout, and different for certificates of the same name", async () => {
  expect(isContentOf(caCertificate, caCertificate.pem.replaceAll("\n", "\r\n"))).toBe(true);
  expect(isContentOf(caCertificate, (await anchorNamed("gateway")).pem)).toBe(false);
  expect(isContentOf(caCertificate, "not a certificate")).toBe(false);
});

test("names are equal up to white space at their ends, and no name equals an empty one", () => {
  expect(isSameName(" edge ", "edge")).toBe(true);
  expect(isSameName(undefined, null)).toBe(true);
  expect(isSameName("", null)).toBe(true);
  expect(isSameName("edge", "Edge")).toBe(false);
  expect(isSameName("edge", undefined)).toBe(false);
});
