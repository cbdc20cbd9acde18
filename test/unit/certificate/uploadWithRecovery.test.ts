import { ApiError } from "../../../provider/api/errors/apiError";
import type { ListedCertificate } from "../../../provider/api/listedCertificate";
import { parseCaCertificate } from "../../../provider/certificate/caCertificate";
import type { CaCertificate } from "../../../provider/certificate/caCertificate";
import type { UploadApi } from "../../../provider/certificate/certificateApi";
import { uploadWithRecovery } from "../../../provider/certificate/uploadWithRecovery";
import { issueCa } from "../../emulator/certificates/issue";

const NOW = Date.UTC(2030, 5, 15) / 1000;
const HOUR = 3_600;

let caCertificate: CaCertificate;

beforeAll(async () => {
  const validity = { validFrom: new Date("2030-01-01T00:00:00Z"), expires: new Date("2031-01-01T00:00:00Z") };
  const parsed = parseCaCertificate((await issueCa({ name: "gateway", ...validity })).pem);
  if ("problem" in parsed) throw new Error(parsed.problem);
  caCertificate = parsed.caCertificate;
});

type Response = "arrives" | "is lost" | "is lost, and the API acts late" | "is lost, and the API never acts";

/** An organization in memory, in which the responses to uploads are lost as a test says. */
class Organization implements UploadApi {
  readonly certificates: ListedCertificate[] = [];
  readonly messages: string[] = [];
  readonly reads: string[] = [];
  /** Runs in each pause, as what others do meanwhile. */
  meanwhile = (): void => undefined;
  isReadable = true;
  /** The error of each list after the first, if any. */
  listError: Error | undefined;
  private lists = 0;
  private late = 0;
  private uploads = 0;

  constructor(private readonly responses: readonly Response[]) {}

  add(id: string, more: Partial<ListedCertificate> = {}): ListedCertificate {
    const { validAt, expiresAt } = caCertificate;
    const certificateDetails = { validAt, expiresAt };
    const added = { id, name: "gateway", active: false, createdAt: NOW, certificateDetails, ...more };
    this.certificates.push(added);
    return added;
  }

  async list(): Promise<readonly ListedCertificate[]> {
    this.lists += 1;
    if (this.listError && this.lists > 1) throw this.listError;
    return [...this.certificates];
  }

  content(id: string): Promise<string> {
    this.reads.push(id);
    return Promise.resolve(id.startsWith("cert_other") ? "another certificate" : caCertificate.pem);
  }

  async contentIfAvailable(id: string): Promise<string | undefined> {
    return this.isReadable ? this.content(id) : undefined;
  }

  async upload(): Promise<ListedCertificate> {
    for (; this.late > 0; this.late -= 1) this.add(`cert_late${this.late}`);
    const response = this.responses[this.uploads] ?? "arrives";
    this.uploads += 1;
    if (response === "is lost, and the API acts late") this.late += 1;
    const acts = response === "arrives" || response === "is lost";
    const uploaded = acts ? this.add(`cert_upload${this.uploads}`) : undefined;
    if (uploaded && response === "arrives") return uploaded;
    const request = { method: "POST", path: "/organization/certificates" } as const;
    throw new ApiError({ kind: "unavailable", request, reason: "no response", mayHaveActed: true });
  }

  pause(attempts: number): Promise<boolean> {
    this.meanwhile();
    return Promise.resolve(attempts < this.responses.length);
  }

  warn(text: string): void {
    this.messages.push(text);
  }
}

const upload = (organization: Organization) =>
  uploadWithRecovery(organization, { caCertificate, name: "gateway" }, NOW * 1000);

describe("a lost response to an upload", () => {
  test("is resolved to the one certificate that appeared", async () => {
    const organization = new Organization(["is lost"]);
    organization.add("cert_before");
    expect((await upload(organization)).id).toBe("cert_upload1");
  });

  test("is not resolved to a certificate from before, nor to a new one that is active or has another content", async () => {
    const organization = new Organization(["is lost, and the API never acts", "arrives"]);
    organization.add("cert_before");
    organization.meanwhile = () => {
      organization.add("cert_active", { active: true });
      organization.add("cert_other");
      organization.add("cert_renamed", { name: "batch" });
    };
    expect((await upload(organization)).id).toBe("cert_upload2");
  });

  test("is an error with both ids when another stack uploads the same certificate meanwhile", async () => {
    const organization = new Organization(["is lost", "arrives"]);
    organization.meanwhile = () => {
      organization.add("cert_of_another_stack");
    };
    const failed = upload(organization);
    await expect(failed).rejects.toThrow(
      /2 certificates of CN=gateway were uploaded during this operation.+cert_upload1 "gateway", cert_of_another_stack "gateway"/s,
    );
    await expect(failed).rejects.toThrow("Delete those that no other stack owns.");
  });

  test("is followed by a second upload with a warning that the first may still be carried out", async () => {
    const organization = new Organization(["is lost, and the API acts late", "arrives"]);
    expect((await upload(organization)).id).toBe("cert_upload2");
    expect(organization.certificates).toHaveLength(2);
    expect(organization.messages).toEqual([
      "the response to the upload of CN=gateway was lost and the list does not show the certificate, so it is uploaded " +
        "again. If the API completes the first upload later, a second certificate with the same content appears: " +
        "delete the one whose id is not in the stack's state.",
    ]);
  });

  test("is followed by a wait that knows how many attempts there were", async () => {
    const organization = new Organization([
      "is lost, and the API never acts",
      "is lost, and the API never acts",
      "arrives",
    ]);
    const pause = jest.spyOn(organization, "pause");
    expect((await upload(organization)).id).toBe("cert_upload3");
    expect(pause.mock.calls.map(([attempts]) => attempts)).toEqual([1, 2]);
  });

  test("without time for another attempt is an error that names what may be left", async () => {
    const organization = new Organization(["is lost, and the API never acts"]);
    await expect(upload(organization)).rejects.toThrow(
      /The list does not show it, but it may be left if the API acts late\. The next `pulumi up` uploads a new one/,
    );
  });
});

describe("a failed upload", () => {
  const rejected = new ApiError({
    kind: "refused",
    request: { method: "POST", path: "/organization/certificates" },
    reason: "HTTP 400",
    mayHaveActed: false,
  });

  test.each([
    ["the API has rejected", rejected],
    ["failed for another reason than the API's", new TypeError("a slip")],
  ])("that %s is not looked for, and not repeated", async (_, error) => {
    const organization = new Organization([]);
    const send = jest.fn(() => Promise.reject(error));
    const pause = jest.fn(() => Promise.resolve(true));
    await expect(upload(Object.assign(organization, { upload: send, pause }))).rejects.toBe(error);
    expect(send).toHaveBeenCalledTimes(1);
    expect(pause).not.toHaveBeenCalled();
  });

  test("that cannot be looked for is one of which nothing is known", async () => {
    const organization = new Organization(["is lost", "arrives"]);
    organization.listError = new Error("GET /organization/certificates: HTTP 403");
    await expect(upload(organization)).rejects.toMatchObject({
      message:
        "it is not known whether CN=gateway was uploaded; it may be left in the organization.\n" +
        "POST /organization/certificates: no response\n" +
        "Looking for it failed, too: GET /organization/certificates: HTTP 403\n" +
        "The next `pulumi up` uploads a new one, and reports the id of one that this update has left behind.",
    });
  });
});

test("an upload sends the content and the name, once", async () => {
  const organization = new Organization([]);
  const send = jest.spyOn(organization, "upload");
  await upload(organization);
  expect(send.mock.calls).toEqual([[caCertificate.pem, "gateway"]]);
});

describe("an organization with as many certificates as the API documents", () => {
  const fill = (organization: Organization, count: number, active: boolean) => {
    for (let each = 1; each <= count; each += 1)
      organization.add(`cert_${String(each).padStart(2, "0")}`, { active, name: "another" });
  };
  const FULL =
    "the organization holds 50 certificates, and the documented limit is 50, so the API may refuse another one. In " +
    "that case, delete one that is used nowhere. (A replacement needs room for both certificates, unless " +
    "deleteBeforeReplace is set and the old one is not active.)";

  test("is warned about before the upload", async () => {
    const organization = new Organization([]);
    fill(organization, 50, true);
    expect((await upload(organization)).id).toBe("cert_upload1");
    expect(organization.messages).toEqual([FULL]);
  });

  test("is warned about with those that are not active in the organization, sorted", async () => {
    const organization = new Organization([]);
    organization.add("cert_z", { name: "old" });
    organization.add("cert_y", { name: null });
    fill(organization, 48, true);
    await upload(organization);
    expect(organization.messages).toEqual([
      `${FULL} Not active in the organization, but possibly in a project: cert_y, cert_z "old".`,
    ]);
  });

  test("is not warned about with one less", async () => {
    const organization = new Organization([]);
    fill(organization, 49, false);
    await upload(organization);
    expect(organization.messages).toEqual([]);
  });
});

describe("unused copies from before", () => {
  test("are reported with id, age and remedy, and a new one is uploaded", async () => {
    const organization = new Organization([]);
    organization.add("cert_left", { createdAt: NOW - 3 * HOUR });
    expect((await upload(organization)).id).toBe("cert_upload1");
    const [message = "", ...more] = organization.messages;
    expect(more).toEqual([]);
    expect(message).toContain(
      'cert_left "gateway", uploaded 3 hours ago, has the same content and is not active in the organization',
    );
    expect(message).toMatch(/a new one is uploaded\. .+delete it .+or use its id in certificateIds/);
    expect(message).toContain(
      "make sure that no other resource or stack owns it and that no project uses it",
    );
  });

  test("are compared with two reads at most, the newest first; the others are listed as not compared", async () => {
    const organization = new Organization([]);
    for (const hours of [4, 1, 3, 2]) organization.add(`cert_${hours}`, { createdAt: NOW - hours * HOUR });
    await upload(organization);
    expect(organization.reads).toEqual(["cert_1", "cert_2"]);
    expect(organization.messages).toHaveLength(3);
    expect(organization.messages.at(-1)).toMatch(
      /not compared: cert_3 "gateway", uploaded 3 hours ago; cert_4 "gateway", uploaded 4 hours ago\./,
    );
  });

  test("that cannot be read now are listed as not compared, and the upload is made", async () => {
    const organization = new Organization([]);
    organization.add("cert_left");
    organization.isReadable = false;
    expect((await upload(organization)).id).toBe("cert_upload1");
    expect(organization.messages).toEqual([
      expect.stringMatching(/not compared: cert_left "gateway", uploaded less than a minute ago/) as string,
    ]);
  });

  test("whose upload time is not known are compared last, and reported without it", async () => {
    const organization = new Organization([]);
    const { id, name, active, certificateDetails } = organization.add("cert_undated");
    organization.certificates.splice(0, 1, { id, name, active, certificateDetails });
    for (const hours of [2, 1]) organization.add(`cert_${hours}`, { createdAt: NOW - hours * HOUR });
    await upload(organization);
    expect(organization.reads).toEqual(["cert_1", "cert_2"]);
    expect(organization.messages.at(-1)).toBe(
      "these have the same name and validity and are not active in the organization; their content was not " +
        'compared: cert_undated "gateway", uploaded at an unknown time. None is adopted, and a new one is uploaded. ' +
        "For each with the same content: If an interrupted update left it behind, delete it in the dashboard, or use " +
        "its id in certificateIds in place of this Certificate resource. First make sure that no other resource or " +
        "stack owns it and that no project uses it.",
    );
  });

  test("are not those that are active or have another name or content", async () => {
    const organization = new Organization([]);
    organization.add("cert_active", { active: true });
    organization.add("cert_named", { name: "batch" });
    organization.add("cert_other");
    await upload(organization);
    expect(organization.reads).toEqual(["cert_other"]);
    expect(organization.messages).toEqual([]);
  });
});
