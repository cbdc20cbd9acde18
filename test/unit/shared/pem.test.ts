import fc from "fast-check";
import { formatPem, readPem } from "../../../provider/shared/pem";
import type { PemBlock } from "../../../provider/shared/pem";
import { anyForm, PEM_FORMS } from "./pemForms";

const der = fc.uint8Array({ minLength: 1, maxLength: 300 });
const label = fc.constantFrom("CERTIFICATE", "PRIVATE KEY", "EC PRIVATE KEY", "X509 CRL");
const headers = fc
  .option(fc.uint8Array({ minLength: 8, maxLength: 16 }), { nil: undefined })
  .map((iv) =>
    iv === undefined
      ? ""
      : `\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,${Buffer.from(iv).toString("hex").toUpperCase()}\n`,
  );
const block = fc.tuple(label, der, headers).map((parts) => formatPem(...parts));

function blocksOf(text: string): readonly PemBlock[] {
  const parsed = readPem(text);
  if ("blocks" in parsed) return parsed.blocks;
  throw new Error(parsed.problem);
}

function problemOf(text: string): string {
  const parsed = readPem(text);
  if ("problem" in parsed) return parsed.problem;
  throw new Error("nothing was refused");
}

describe("PEM", () => {
  test("has the same blocks in every form, and writes them as they were issued", () => {
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 4 }), anyForm, (blocks, form) => {
        // Where a header ends is not known without white space.
        fc.pre(!form.name.endsWith("without spaces") || blocks.every((pem) => !pem.includes("Proc-Type")));
        const read = blocksOf(form.apply(blocks.join("")));
        expect(read.map(({ pem }) => pem)).toEqual(blocks);
        expect(blocksOf(read.map(({ pem }) => pem).join(""))).toEqual(read);
      }),
    );
  });

  test("of files that were joined without a line break has the blocks of each", () => {
    fc.assert(
      fc.property(fc.array(block, { minLength: 2, maxLength: 4 }), (blocks) => {
        expect(blocksOf(blocks.map((each) => each.trim()).join("")).map(({ pem }) => pem)).toEqual(blocks);
      }),
    );
  });

  test("keeps the bytes, the label and the headers of a block", () => {
    const [read] = blocksOf(
      formatPem("RSA PRIVATE KEY", Buffer.from("key"), "\nProc-Type: 4,ENCRYPTED\nDEK-Info: DES-CBC,0A\n"),
    );
    expect(read).toEqual({
      label: "RSA PRIVATE KEY",
      der: Buffer.from("key"),
      hasCipherHeaders: true,
      pem: "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: DES-CBC,0A\n\na2V5\n-----END RSA PRIVATE KEY-----\n",
    });
  });

  test.each(["", "no PEM", "/run/secrets/client.pem", "C:\\new\\rsa\\tls.pem", "TUlJQg=="])(
    "is not found in %j",
    (text) => {
      expect(readPem(text)).toEqual({ blocks: [] });
    },
  );

  test("is read or refused, whatever the text", () => {
    const pieces = fc.constantFrom(
      "-----BEGIN CERTIFICATE-----",
      "-----END CERTIFICATE-----",
      "-----",
      "BEGIN",
      "\\n",
      "AAAA",
      "=",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: "binary" }))), (parts) => {
        const parsed = readPem(parts.join(""));
        for (const { pem } of "blocks" in parsed ? parsed.blocks : [])
          expect(blocksOf(pem)[0]?.pem).toBe(pem);
      }),
    );
  });
});

describe("PEM that was cut or changed is refused, and none of it is repeated", () => {
  const pem = formatPem("PRIVATE KEY", Buffer.from("a key of some length that is no real one"));
  const body = pem.split("\n")[1] ?? "";

  test.each([
    ["without its last line", pem.replace(/-----END.*\n/, ""), "without its line -----END PRIVATE KEY-----"],
    [
      "without its first line",
      pem.replace(/-----BEGIN.*\n/, ""),
      "without its line -----BEGIN PRIVATE KEY-----",
    ],
    ["in the middle of two", pem.slice(0, -10) + pem, "without its line -----END PRIVATE KEY-----"],
    [
      "with another end",
      pem.replace("END PRIVATE", "END EC PRIVATE"),
      "without its line -----END PRIVATE KEY-----",
    ],
    ["with a lost character", pem.replace(body, body.slice(1)), "whose content is not base64"],
    ["with another character", pem.replace(body, `*${body.slice(1)}`), "whose content is not base64"],
    ["without content", pem.replace(body, ""), "whose content is not base64"],
  ])("%s", (_, text, why) => {
    for (const form of Object.values(PEM_FORMS)) {
      expect(problemOf(form(text))).toContain(why);
      expect(problemOf(form(text))).not.toContain(body.slice(2, -2));
    }
  });
});
