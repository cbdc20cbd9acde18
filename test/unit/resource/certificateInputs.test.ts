import { checkCertificate } from "../../../provider/resource/certificateInputs";
import { UNKNOWN } from "../../../provider/resource/resource";
import { issueCa } from "../../emulator/certificates/issue";
import type { Authority } from "../../emulator/certificates/issue";

const NOW = Date.UTC(2030, 5, 15) / 1000;
const validity = { validFrom: new Date("2030-01-01T00:00:00Z"), expires: new Date("2031-01-01T00:00:00Z") };

let minted: Authority;

beforeAll(async () => {
  minted = await issueCa({ name: "gateway", ...validity });
});

const check = (
  news: Readonly<Record<string, unknown>>,
  olds: Readonly<Record<string, unknown>> = {},
  now = NOW,
) => checkCertificate(olds, news, now);

describe("the arguments of a certificate", () => {
  test("are the same in other white space, and with the default connection named or not", () => {
    const crlf = minted.pem.replaceAll("\n", "\r\n");
    expect(check({ certificate: crlf, name: "gateway", connection: "openai-certificates" })).toEqual({
      inputs: { certificate: minted.pem, name: "gateway" },
      warnings: [],
    });
  });

  test.each([" gateway", "gateway \n", "\u00a0gateway\t"])(
    "have a name without white space at its ends: %j",
    (name) => {
      expect(check({ certificate: minted.pem, name }).inputs).toMatchObject({ name: "gateway" });
    },
  );

  test("may all be unknown", () => {
    const unknown = { certificate: UNKNOWN, name: UNKNOWN, connection: UNKNOWN };
    expect(check(unknown)).toEqual({ inputs: unknown, warnings: [] });
  });

  test("that are wrong are all named at once, and the value of the certificate is never named", () => {
    const { failures } = check({
      certificate: minted.pem + minted.keyPem,
      name: " ",
      connection: "no space",
    });
    expect(failures).toEqual([
      { property: "", reason: expect.stringMatching(/^certificate contains a private key/) as string },
      { property: "name", reason: expect.stringMatching(/^is ""; use a name of one line/) as string },
      { property: "connection", reason: expect.stringContaining("namespace") as string },
    ]);
    expect(JSON.stringify(failures)).not.toContain(minted.keyPem.split("\n")[1]);
  });

  test("with a private key for a name are refused, and none of it is named", () => {
    const { failures } = check({ certificate: minted.pem, name: minted.keyPem });
    expect(failures).toEqual([{ property: "", reason: expect.stringMatching(/^name: /) as string }]);
    expect(JSON.stringify(failures)).not.toContain(minted.keyPem.split("\n")[1]);
  });
});

describe("the validity of a certificate", () => {
  const afterItsEnd = Date.UTC(2031, 0, 2) / 1000;

  test("that has ended is a failure before the upload", () => {
    expect(check({ certificate: minted.pem }, {}, afterItsEnd).failures).toEqual([
      {
        property: "",
        reason: "certificate (CN=gateway) expired at 2031-01-01T00:00:00.000Z; use its successor",
      },
    ]);
  });

  test("that has ended is a warning after it, so that the stack can still be changed", () => {
    const news = { certificate: minted.pem };
    expect(check(news, news, afterItsEnd)).toEqual({
      inputs: news,
      warnings: ["CN=gateway expired at 2031-01-01T00:00:00.000Z; use its successor"],
    });
  });

  test("that has not begun is a warning", () => {
    expect(check({ certificate: minted.pem }, {}, Date.UTC(2029, 11, 31) / 1000)).toMatchObject({
      inputs: {},
      warnings: [expect.stringContaining("CN=gateway is not valid before 2030-01-01T00:00:00.000Z")],
    });
  });
});
