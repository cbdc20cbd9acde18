import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { countCalls } from "../emulator/index";
import type { ProgramFiles } from "../engine/program";
import { startGateway } from "../support/gateway";
import type { Fixture } from "./fixture";
import { withTwoOrganizations } from "./organizations";
import type { TwoOrganizations } from "./organizations";
import { PLUGIN_FOLDER, pluginProgram } from "./plugin/program";
import { declaring } from "./transition";

let both: TwoOrganizations;
let fixture: Fixture;
withTwoOrganizations(declaring(""), (organizations, started) => {
  both = organizations;
  fixture = started;
});

/** A program without a plugin of the checkout, in case the one before has named it. */
const dynamic = (body: string): ProgramFiles => ({
  "Pulumi.yaml": "name: program\nruntime: nodejs\n",
  ...declaring(body),
});
const ACTIVATION = `new OrgCertificateActivation("mtls", { certificateIds: ["cert_eu"] });`;

const run = (env: Readonly<Record<string, string>>, command: string) =>
  fixture.stack.run(command === "preview" ? [command] : [command, "--yes", "--skip-preview"], env);

async function succeed(env: Readonly<Record<string, string>>, command = "up"): Promise<string> {
  const { exitCode, output } = await run(env, command);
  expect(exitCode === 0 ? "" : output).toBe("");
  return output;
}

describe.each([
  ["dynamic resources", dynamic],
  ["the plugin's resources", pluginProgram],
] as const)("%s", (_adapter, program) => {
  const environment = (adminKey: string) => ({
    OPENAI_BASE_URL: both.gateway.url,
    OPENAI_ADMIN_KEY: adminKey,
  });

  test("change nothing when the environment has the key of another organization", async () => {
    const [eu, us] = [environment(both.eu.adminKey), environment(both.us.adminKey)];
    await fixture.stack.replaceProgram(program(ACTIVATION));
    await succeed(eu);
    // Nothing has changed as far as the program and the state know.
    await succeed(us);
    expect(both.us.log).toEqual([]);
    await fixture.stack.replaceProgram(program(ACTIVATION.replace("cert_eu", "cert_us")));
    for (const command of ["preview", "up", "refresh", "destroy"]) {
      const { exitCode, output } = await run(us, command);
      expect(output).toContain(
        `the organization of the admin key at ${both.gateway.url} has none of the certificates`,
      );
      expect(exitCode).not.toBe(0);
    }
    expect(both.active()).toEqual({ eu: ["cert_eu"], us: [] });
    await succeed(eu, "destroy");
    expect(both.active()).toEqual({ eu: [], us: [] });
  });

  test("are gone with their project, unless that is the response of a proxy, or the organization is another one", async () => {
    const activation = (project: string) =>
      `new ProjectCertificateActivation("p", { projectId: "${project}", certificateIds: ["cert_eu"] });`;
    const eu = environment(both.eu.adminKey);
    both.eu.addProject("proj_gone");
    await fixture.stack.replaceProgram(program(activation("proj_gone")));
    await succeed(eu);
    both.eu.faults.add({ endpoint: "list", times: 1, kind: "page", status: 404 });
    expect(await run(eu, "refresh")).not.toMatchObject({ exitCode: 0 });
    expect(await run(environment(both.us.adminKey), "refresh")).not.toMatchObject({ exitCode: 0 });
    both.eu.removeProject("proj_gone");
    await fixture.stack.replaceProgram(program(activation("proj_a")));
    await succeed(eu);
    expect(both.eu.activeIds("proj_a")).toEqual(["cert_eu"]);
    await succeed(eu, "destroy");
    expect(both.eu.activeIds("proj_a")).toEqual([]);

    both.eu.addProject("proj_gone");
    await fixture.stack.replaceProgram(program(activation("proj_gone")));
    await succeed(eu);
    both.eu.removeProject("proj_gone");
    await succeed(eu, "refresh");
    expect(JSON.stringify(await fixture.stack.state())).not.toContain("proj_gone");
    await succeed(eu, "destroy");
  });

  test("do not send a key of the stack to the base URL of the environment, and warn once", async () => {
    const requests: string[] = [];
    const other = createServer((request, response) => {
      requests.push(request.url ?? "");
      response.end();
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}/v1`;
    await fixture.stack.setConfig(
      { "openai-certificates:baseUrl": both.eu.url },
      { "openai-certificates:adminKey": both.eu.adminKey },
    );
    await fixture.stack.replaceProgram(program(ACTIVATION));
    const output = await succeed({ OPENAI_BASE_URL: url, OPENAI_ORG_ID: "org-personal" });
    expect(output).toContain("the environment variable OPENAI_ORG_ID is ignored");
    expect(both.active()).toEqual({ eu: ["cert_eu"], us: [] });
    expect(requests).toEqual([]);
    other.close();
    await succeed({}, "destroy");
    await fixture.stack.setConfig(
      { "openai-certificates:baseUrl": "" },
      { "openai-certificates:adminKey": "" },
    );
  });
});

describe("dynamic resources", () => {
  test.each(["OrgCertificateActivation", "TrustedCertificates"])(
    "%s rejects a provider of the plugin, which it would not use",
    async (type) => {
      const args = type === "TrustedCertificates" ? "{ certificates: {} }" : "{ certificateIds: [] }";
      await fixture.stack.replaceProgram({
        ...declaring(`
          import { Provider } from "pulumi-openai-certificates/plugin";
          const acme = new Provider("acme", { adminKey: "sk-admin-eu" });
          new ${type}("mtls", ${args}, { provider: acme });`),
        "Pulumi.yaml": `name: program\nruntime: nodejs\nplugins:\n  providers:\n    - name: openai-certificates\n      path: ${PLUGIN_FOLDER}\n`,
      });
      const { exitCode, output } = await run({}, "preview");
      expect(output).toContain("Set the argument connection instead");
      expect(exitCode).not.toBe(0);
    },
  );

  test("warn of a key that is not secret, which the state contains", async () => {
    await fixture.stack.replaceProgram(dynamic(ACTIVATION.replace("mtls", "clear")));
    const args = ["preview", "--config", "openai-certificates:verifyInPreview=false"];
    const clear = await fixture.stack.run([...args, "--config", "openai-certificates:adminKey=sk-clear"]);
    expect(clear.output).toContain("openai-certificates:adminKey is not secret");
    await fixture.stack.setConfig({}, { "openai-certificates:adminKey": both.eu.adminKey });
    const secret = await fixture.stack.run(args);
    expect(secret.exitCode).toBe(0);
    expect(secret.output).not.toContain("is not secret");
  });

  test("move to another connection as a replacement", async () => {
    const { eu, us } = both;
    await fixture.stack.setConfig(
      { "eu:baseUrl": eu.url, "us:baseUrl": us.url },
      { "eu:adminKey": eu.adminKey, "us:adminKey": us.adminKey },
    );
    const at = (connection: string, id: string) =>
      dynamic(
        `new OrgCertificateActivation("mtls", { certificateIds: ["${id}"], connection: "${connection}" });`,
      );
    await fixture.stack.replaceProgram(at("eu", "cert_eu"));
    await succeed({});
    await fixture.stack.replaceProgram(at("us", "cert_us"));
    await succeed({});
    expect(both.active()).toEqual({ eu: [], us: ["cert_us"] });
    await succeed({}, "destroy");
    expect(both.active()).toEqual({ eu: [], us: [] });
    expect(countCalls(us.log)).toMatchObject({ activate: 1, deactivate: 1 });
  });

  test("keep their certificates when the address of a gateway in front of the organization changes", async () => {
    const { eu, us, gateway } = both;
    const other = await startGateway([eu]);
    const settings = (name: string, baseUrl: string) =>
      fixture.stack.setConfig({ [`${name}:baseUrl`]: baseUrl }, { [`${name}:adminKey`]: eu.adminKey });
    const at = (connection: string, options: string) =>
      dynamic(
        `new OrgCertificateActivation("mtls", { certificateIds: ["cert_eu"], connection: "${connection}" }, ${options});`,
      );
    await settings("old", gateway.url);
    await settings("new", other.url);
    await fixture.stack.replaceProgram(at("old", "{}"));
    await succeed({});
    eu.clearLog();
    await settings("old", other.url);
    await succeed({});
    expect(eu.log).toEqual([]);

    await settings("old", gateway.url);
    await fixture.stack.replaceProgram(at("old", "{ retainOnDelete: true }"));
    await succeed({});
    await fixture.stack.replaceProgram(at("new", "{ retainOnDelete: true }"));
    await succeed({});
    expect(Object.keys(countCalls(eu.log))).toEqual(["list"]);
    await fixture.stack.replaceProgram(at("new", "{}"));
    await succeed({});
    expect(both.active()).toEqual({ eu: ["cert_eu"], us: [] });
    await succeed({}, "destroy");
    expect(both.active()).toEqual({ eu: [], us: [] });
    expect(us.log).toEqual([]);
    await other.close();
  });
});
