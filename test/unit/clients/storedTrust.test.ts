import * as v from "valibot";
import { rememberedVerdicts, storedTrustSchema, trustToStore } from "../../../provider/clients/storedTrust";
import { issueCa, issueClient } from "../../emulator/certificates/issue";
import { DAY_SECONDS, NOW } from "../activation/given";
import { knownClient } from "./given";
import { UNTIL, verdicts } from "./verdicts";

test("a state remembers what never changes, for the certificates that are active", async () => {
  const ca = await issueCa();
  const client = knownClient("batch", (await issueClient(ca)).pem);
  const known = verdicts({
    batch: {
      trusting: true,
      inactive: true,
      foreign: false,
      early: { trusted: false, rejection: { reason: "not yet valid", at: NOW + DAY_SECONDS } },
      odd: { trusted: false, rejection: { reason: "unreadable" } },
    },
  });
  const stored = trustToStore([client], new Set(["trusting", "foreign", "early", "odd", "unread"]), known);
  expect(stored).toEqual({
    batch: {
      subject: "CN=client",
      expiresAt: client.expiresAt,
      trustedBy: { trusting: UNTIL },
      rejectedBy: { foreign: "another issuer" },
      digest: client.digest,
    },
  });

  const remembered = rememberedVerdicts(v.parse(storedTrustSchema, stored), [client], NOW);
  expect(remembered.of("trusting", "batch")).toEqual({ trusted: true, until: UNTIL });
  expect(remembered.of("foreign", "batch")).toEqual({
    trusted: false,
    rejection: { reason: "another issuer" },
  });
  expect(remembered.of("early", "batch")).toBeUndefined();
  expect(remembered.of("trusting", "another")).toBeUndefined();
});

test("what has expired, and what belongs to another certificate of the client, is not remembered", async () => {
  const ca = await issueCa();
  const client = knownClient("batch", (await issueClient(ca)).pem);
  const stored = trustToStore([client], new Set(["a"]), verdicts({ batch: { a: true } }));
  expect(rememberedVerdicts(stored, [client], UNTIL - 1).of("a", "batch")).toBeDefined();
  expect(rememberedVerdicts(stored, [client], UNTIL).of("a", "batch")).toBeUndefined();
  const renewed = knownClient("batch", (await issueClient(ca)).pem);
  expect(rememberedVerdicts(stored, [renewed], NOW).of("a", "batch")).toBeUndefined();
});

test("a reason that a later version has written is another one, and still a rejection", async () => {
  const client = knownClient("batch", (await issueClient(await issueCa())).pem);
  const stored = trustToStore([client], new Set(["a"]), verdicts({ batch: { a: false } }));
  const later = JSON.parse(JSON.stringify(stored).replace("another issuer", "revoked")) as unknown;
  const remembered = rememberedVerdicts(v.parse(storedTrustSchema, later), [client], NOW);
  expect(remembered.of("a", "batch")).toEqual({ trusted: false, rejection: { reason: "other" } });
});
