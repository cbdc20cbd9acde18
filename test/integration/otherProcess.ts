/**
 * Another provider process of the same run: joins it, and does what the test sends. Its arguments are the address of the
 * engine, the base URL and the admin key.
 */
import type { Properties } from "../../provider/dynamic/protocol";
import { organization } from "../../provider/index";
import { checkMonitor, sharedRun } from "../../provider/session/session";

export type Command =
  | { readonly do: "check"; readonly certificateIds: readonly string[] }
  | { readonly do: "update"; readonly from: Properties; readonly to: Properties }
  | { readonly do: "start a check" | "end the check" };

const { promise: checkEnds, resolve: endCheck } = Promise.withResolvers<undefined>();

async function run(command: Command): Promise<void> {
  switch (command.do) {
    case "check":
      await organization.check({}, { certificateIds: command.certificateIds });
      break;
    case "update":
      await organization.update("organization", command.from, command.to);
      break;
    case "start a check":
      void checkMonitor.watch(() => checkEnds);
      break;
    case "end the check":
      endCheck(undefined);
      break;
  }
}

async function main([address = "", baseUrl = "", adminKey = ""]: readonly string[]): Promise<void> {
  const settings = new Map([
    ["openai-certificates:baseUrl", baseUrl],
    ["openai-certificates:adminKey", adminKey],
  ]);
  await sharedRun.join(address);
  await organization.configure({ config: { get: (key: string) => settings.get(key) } as never });
  process.on("message", (command: Command) => {
    void run(command).then(() => process.send?.("done"));
  });
  process.send?.("ready");
}

void main(process.argv.slice(2));
