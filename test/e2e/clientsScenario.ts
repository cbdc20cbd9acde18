import { issueCa, issueClient } from "../emulator/certificates/issue";
import { countCalls } from "../emulator/index";
import type { ProgramFiles } from "../engine/program";
import type { CommandResult } from "../engine/stack";
import { ids } from "../support/ids";
import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";

/**
 * Declares the activations of the stack's configuration. `uploaded` among their ids stands for a certificate that the
 * program uploads, and `later` among their clients is known only in the update.
 */
export const CLIENTS_BODY = `
const config = new pulumi.Config();
const upload = config.get("upload");
const uploaded = upload === undefined ? undefined : new Certificate("upload", { name: "upload", certificate: upload });
const known = (id: string) => (id === "uploaded" ? uploaded!.id : id);

export const trust: Record<string, unknown> = {};
for (const [name, { certificateIds, clients, ...args }] of Object.entries<any>(config.requireObject("activations"))) {
  const { later, ...others } = clients ?? {};
  const declared = { ...others, ...(later !== undefined && { later: uploaded!.id.apply(() => later) }) };
  const { clientTrust } = new OrgCertificateActivation(name, {
    certificateIds: certificateIds.map(known),
    ...(clients !== undefined && { clients: declared }),
    ...args,
  });
  trust[name] = clientTrust;
}
const component = config.getObject<any>("component");
if (component) new TrustedCertificates("component", component);
`;

const DAY_MS = 86_400_000;

/** Certificates of three authorities, and clients of the first two. */
async function issueAll() {
  const [old, next, other] = await Promise.all([
    issueCa({ name: "gateway 2026" }),
    issueCa({ name: "gateway 2027" }),
    issueCa({ name: "other" }),
  ]);
  const unused = await issueCa({ name: "unused" });
  return {
    ...{ old, next, other, unused },
    more: (await issueClient(unused, { name: "more" })).chainPem,
    billing: (await issueClient(old, { name: "billing" })).chainPem,
    moved: (await issueClient(next, { name: "billing 2027" })).chainPem,
    soon: (await issueClient(next, { name: "soon", expires: new Date(Date.now() + 5 * DAY_MS) })).chainPem,
  };
}

type Issued = Awaited<ReturnType<typeof issueAll>>;
type Activations = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What happens to clients on a real engine, step by step in one stack. */
export function describeClients(adapter: string, programOf: (body: string) => ProgramFiles): void {
  describe(`known clients of ${adapter} resources`, () => {
    let fixture: Fixture;
    let issued: Issued;
    beforeAll(async () => {
      issued = await issueAll();
      fixture = await createFixture({ program: programOf(CLIENTS_BODY) });
      for (const id of ids(1, 60)) fixture.emulator.remove(id);
      fixture.emulator.seed([
        { id: "cert_old", name: "gateway 2026", pem: issued.old.pem },
        { id: "cert_new", name: "gateway 2027", pem: issued.next.pem },
        { id: "cert_other", name: "other", pem: issued.other.pem },
      ]);
    });
    afterAll(() => fixture.dispose());

    const declare = async (activations: Activations, config: Readonly<Record<string, string>> = {}) => {
      await fixture.stack.setConfig({ activations: JSON.stringify(activations), ...config });
      fixture.emulator.clearLog();
    };
    const calls = () => countCalls(fixture.emulator.log);
    const expectSuccess = ({ exitCode, output }: CommandResult) => {
      expect(exitCode === 0 ? "succeeded" : output).toBe("succeeded");
      return output;
    };
    /** Whatever fails, no certificate of a client is shown. */
    const expectFailure = ({ exitCode, output }: CommandResult) => {
      expect(exitCode === 0 ? output : "failed").toBe("failed");
      expect(output).not.toContain("BEGIN CERTIFICATE");
      return output;
    };

    test("a preview fails where enforcement starts and a client is not trusted", async () => {
      await declare({ mtls: { certificateIds: ["cert_new"], clients: { billing: issued.billing } } });
      const output = expectFailure(await fixture.stack.preview());
      expect(output).toContain(
        "billing would be rejected as soon as mTLS is enforced: no certificate that this update activates trusts it, issued by CN=gateway 2026",
      );
    });

    test("a private key among the clients is rejected, and not shown", async () => {
      const { keyPem } = issued.old;
      await declare({ mtls: { certificateIds: ["cert_old"], clients: { billing: keyPem } } });
      const output = expectFailure(await fixture.stack.preview());
      expect(output).toContain('clients: "billing" contains a private key');
      expect(output).not.toContain(keyPem.split("\n")[1]);
    });

    test("the first update reads one content, the most likely one, and the output contains who is trusted", async () => {
      await declare({
        mtls: { certificateIds: ["cert_new", "cert_old"], clients: { billing: issued.billing } },
      });
      const output = expectSuccess(await fixture.stack.up());
      expect(output).toContain('client "billing": not enforced before, trusted after, until ');
      expect(calls()).toEqual({ list: 1, get: 1, activate: 1 });
      expect(await fixture.stack.outputs()).toMatchObject({
        trust: { mtls: { billing: { subject: "CN=billing", trustedBy: ["cert_old"] } } },
      });
    });

    test("nothing changed means no call", async () => {
      fixture.emulator.clearLog();
      expectSuccess(await fixture.stack.previewAndUp("--expect-no-changes"));
      expect(calls()).toEqual({});
    });

    test("a rotation that is too early fails the preview by the client's name", async () => {
      await declare({ mtls: { certificateIds: ["cert_new"], clients: { billing: issued.billing } } });
      const output = expectFailure(await fixture.stack.preview());
      expect(output).toContain('client "billing": trusted before, rejected after');
      expect(output).toContain(
        'billing would be rejected: issued by "gateway 2026" (cert_old), which this update deactivates. Deploy a certificate of "gateway 2027" (cert_new) first, or keep "gateway 2026" (cert_old).',
      );
      expect(output).toContain("filters that are set in the dashboard are not visible");
    });

    test("a preview does not fail where a resource that follows keeps the certificate", async () => {
      const { billing } = issued;
      await declare({
        mtls: { certificateIds: ["cert_new"], clients: { billing } },
        rest: { certificateIds: ["cert_old"] },
      });
      expectSuccess(await fixture.stack.preview());
      await declare({ mtls: { certificateIds: ["cert_new"], clients: { billing } } });
    });

    test("a rotation that is too early fails the update, before it changes anything", async () => {
      const output = expectFailure(await fixture.stack.up());
      expect(output).toContain("billing would be rejected: issued by");
      expect(fixture.emulator.activeIds()).toEqual(["cert_new", "cert_old"]);
    });

    test("the same rotation succeeds once the client has its new certificate", async () => {
      await declare({ mtls: { certificateIds: ["cert_new"], clients: { billing: issued.moved } } });
      const output = expectSuccess(await fixture.stack.previewAndUp());
      expect(output).toMatch(/client "billing": \w+ before, trusted after, until /);
      expect(fixture.emulator.activeIds()).toEqual(["cert_new"]);
    });

    test("a client that expires soon, or was rejected before, is a warning", async () => {
      const clients = { billing: issued.billing, soon: issued.soon };
      await declare({ mtls: { certificateIds: ["cert_new", "cert_other"], clients } });
      const output = expectSuccess(await fixture.stack.up());
      expect(output).toContain(
        "billing is rejected already: issued by CN=gateway 2026, which is not active.",
      );
      expect(output).toMatch(/soon: CN=soon expires .* Deploy its successor before then\./);
    });

    test("what is known only in the update is not determined, and an upload counts with its content", async () => {
      const clients = { billing: issued.billing, later: issued.moved };
      await declare(
        { mtls: { certificateIds: ["cert_new", "cert_other", "uploaded"], clients } },
        { upload: issued.old.pem },
      );
      const preview = expectSuccess(await fixture.stack.preview());
      expect(preview).toContain('client "billing": not determined before, trusted after');
      expect(preview).toContain('client "later": not determined before, not determined after');
      expect(preview).toContain(
        "whether later would be rejected was not determined: its certificates are known only during the update.",
      );
      expectSuccess(await fixture.stack.up());
      const { trust } = (await fixture.stack.outputs()) as { trust: { mtls: Record<string, unknown> } };
      expect(trust.mtls).toMatchObject({ later: { trustedBy: ["cert_new"] } });
      expect(trust.mtls).toMatchObject({ billing: { trustedBy: [expect.stringMatching(/^cert_/)] } });
    });

    test("the component knows what its own unknown ids stand for, whatever else is uploaded", async () => {
      const component = {
        certificates: { more: issued.unused.pem },
        certificateIds: ["cert_new"],
        clients: { more: issued.more },
      };
      await fixture.stack.setConfig({ component: JSON.stringify(component), upload: issued.other.pem });
      const output = expectSuccess(await fixture.stack.preview());
      expect(output).toContain('client "more": not determined before, trusted after');
      await fixture.stack.setConfig({ component: "null" });
    });

    test("clients of one resource protect another one of the program", async () => {
      const clients = { billing: issued.moved };
      const own = {
        mtls: { certificateIds: ["cert_new"] },
        more: { certificateIds: ["cert_other"], clients },
      };
      await declare(own);
      expectSuccess(await fixture.stack.up());
      await declare({ ...own, mtls: { certificateIds: [] } });
      const output = expectFailure(await fixture.stack.up());
      expect(output).toContain("billing (another resource) would be rejected");
      expect(fixture.emulator.activeIds()).toEqual(["cert_new", "cert_other"]);
    });

    test('"warn" continues, and a delete is rejected while another certificate keeps enforcement on', async () => {
      const more = { certificateIds: ["cert_other"] };
      const clients = { billing: issued.moved };
      await declare({ mtls: { certificateIds: ["cert_new"], clients }, more });
      expectSuccess(await fixture.stack.up());
      await declare({ more });
      expect(expectFailure(await fixture.stack.up())).toContain("billing would be rejected");
      await declare({ mtls: { certificateIds: ["cert_new"], clients, clientLockout: "warn" }, more });
      expectSuccess(await fixture.stack.up());
      await declare({ more });
      expect(expectSuccess(await fixture.stack.up())).toContain("billing would be rejected");
      expect(fixture.emulator.activeIds()).toEqual(["cert_other"]);
    });
  });
}
