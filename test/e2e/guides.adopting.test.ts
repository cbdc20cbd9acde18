import { issueCa } from "../emulator/certificates/issue";
import type { Emulator } from "../emulator/index";
import { codeBlocks, section } from "../support/docs";
import { activeNames, configureAccess, guide } from "./guidePages";
import { createShellProject } from "./shellProject";
import type { ShellProject } from "./shellProject";
import { placeVaultStandIn } from "./vaultStandIn";

describe("another organization, by the guides from its dashboard to an authority of its own", () => {
  let emulator: Emulator;
  let project: ShellProject;

  beforeAll(async () => {
    project = await createShellProject();
    ({ emulator } = project);
  });
  afterAll(() => project.dispose());

  test("rehearsal: shows a lock-out, and how the dashboard ends it", async () => {
    const output = await project.follow(section(guide("rehearsal"), "A lock-out"));
    expect(output).toContain("certificate_required");
    expect(output).toContain('"object":"list"');
  });

  test("certificate sources: uploads and activates a certificate that is known only during the update", async () => {
    await project.follow(section(guide("rehearsal"), "A project"));
    await configureAccess(project);
    emulator.setActive("cert_abc", true);
    const { pem } = await issueCa({ name: "vault" });
    const env = { [await placeVaultStandIn(project.folder)]: pem };
    const vault = section(guide("certificate-sources"), "HashiCorp Vault");
    const preview = await project.follow(`${vault}\n\`\`\`sh\npulumi preview\n\`\`\`\n`, env);
    expect(preview).toContain("openai-certificates:Certificate gateway create");
    expect(activeNames(emulator)).toEqual(["Gateway 2026"]);
    expect(await project.shell("pulumi up")).toMatchObject({ exitCode: 0 });
    expect(activeNames(emulator)).toEqual(["Gateway 2026", "vault"]);
    expect(await project.shell("pulumi destroy")).toMatchObject({ exitCode: 0 });
  });

  test("leaving: empties the stack, and keeps the certificates active", async () => {
    await project.follow(section(guide("first-activation"), "Keep it"));
    await project.follow(section(guide("turning-off"), "Leave"));
    expect(activeNames(emulator)).toEqual(["Gateway 2026", "gateway"]);
  });

  test("adopting: writes a program that changes nothing", async () => {
    emulator.clearLog();
    const output = await project.follow(guide("adopting").text);
    const [line] = codeBlocks(guide("adopting"), "");
    expect(line?.code).toContain("already active");
    expect(output).toContain(line?.code.trim());
    expect(emulator.log.filter(({ endpoint }) => endpoint !== "list" && endpoint !== "get")).toEqual([]);
    expect(activeNames(emulator)).toEqual(["Gateway 2026", "gateway"]);
  });
});
