import { Client } from "../../provider/api/client";
import type { RequestContext } from "../../provider/api/client";
import { RetryBudget } from "../../provider/api/retryBudget";
import { resolveConnection } from "../../provider/settings/connection";
import { Settings } from "../../provider/settings/settings";
import type { Emulator } from "../emulator/index";

/** A client of an emulator. @param more settings by environment variable. */
export function clientOf(emulator: Emulator, more: Readonly<Record<string, string>> = {}): Client {
  const environment = {
    OPENAI_ADMIN_KEY: emulator.adminKey,
    OPENAI_BASE_URL: emulator.url,
    OPENAI_TIMEOUT_SECONDS: "1",
    ...more,
  };
  return new Client(resolveConnection(new Settings(() => undefined, environment)));
}

/** A request context with a retry budget in seconds, which collects the reasons of waits. */
export function requestContext(seconds: number): RequestContext & { readonly waits: readonly string[] } {
  const waits: string[] = [];
  return {
    budget: new RetryBudget(seconds),
    waitsForRateLimit: true,
    onWait: (reason) => {
      waits.push(reason);
    },
    waits,
  };
}
