import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { send } from "../emulator/send";
import { REPOSITORY } from "../engine/packages";
import { readPage, section } from "../support/docs";
import { activeNames } from "./guidePages";
import { createShellProject } from "./shellProject";
import type { ShellProject } from "./shellProject";

const README = readPage("examples/ca-to-activation/README.md");

/** The stand-in for the plugin of `@pulumi/tls`. */
const PLUGINS = `plugins:
  providers:
    - name: tls
      path: ${join(__dirname, "tlsStandIn")}
`;

interface Identity {
  readonly cert: string;
  readonly key: string;
}

describe("the example from the CA to the activation, by the steps of its page", () => {
  let project: ShellProject;
  let [first, second]: Identity[] = [];

  beforeAll(async () => {
    project = await createShellProject(join(REPOSITORY, "examples/ca-to-activation"));
    await appendFile(join(project.folder, "Pulumi.yaml"), PLUGINS);
    await project.follow(section(readPage("docs/guides/rehearsal.md"), "A project"));
  });
  afterAll(() => project.dispose());

  const outputs = async (name: string) => {
    const { stdout } = await project.shell(`pulumi stack output ${name} --show-secrets`);
    return JSON.parse(stdout) as Readonly<Record<string, string>>;
  };

  /** The certificate and the key that the program has issued for the service. */
  const issued = async (): Promise<Identity> => {
    const [certificates, keys] = [await outputs("certificates"), await outputs("keys")];
    return { cert: certificates["billing"] ?? "", key: keys["billing"] ?? "" };
  };

  const statusFor = async (identity?: Identity) => {
    const tls = { ca: project.files["server-ca.pem"] ?? "", ...identity };
    return (await send(project.emulator, "GET", "/models", { tls })).status;
  };

  test("activates the authority after the provider has a client certificate of it", async () => {
    await project.follow(section(README, "First activation"));
    first = await issued();
    expect(activeNames(project.emulator)).toEqual(["gateway-2026"]);
    expect([await statusFor(), await statusFor(first)]).toEqual([401, 200]);
  });

  test("rejects a renewal in one step, which would cut off the provider, and changes nothing", async () => {
    const { exitCode, output } = await project.shell(`pulumi config set --path 'authorities[0]' gateway-2027
pulumi up`);
    expect(output).toContain("this would lock the provider out of the API");
    expect(exitCode).not.toBe(0);
    expect([activeNames(project.emulator), await statusFor(first)]).toEqual([["gateway-2026"], 200]);
    await project.shell("pulumi config set --path 'authorities[0]' gateway-2026");
  });

  test("renews the authority in two steps, between which the clients of both are accepted", async () => {
    const [, add = "", deploy = "", remove = ""] = section(README, "Renewal of the authority").split(
      /^\d\. /m,
    );
    await project.follow(add);
    second = await issued();
    expect(activeNames(project.emulator)).toEqual(["gateway-2026", "gateway-2027"]);
    expect([await statusFor(first), await statusFor(second)]).toEqual([200, 200]);
    await project.follow(deploy);
    await project.follow(remove);
    expect(activeNames(project.emulator)).toEqual(["gateway-2027"]);
    expect([await statusFor(first), await statusFor(second)]).toEqual([401, 200]);
  });

  test("is destroyed", async () => {
    expect(await project.shell("pulumi destroy")).toMatchObject({ exitCode: 0 });
    expect(await statusFor()).toBe(200);
  });
});
