import { X509Certificate } from "node:crypto";
import * as fc from "fast-check";
import { issueChain } from "../../../../../tools/verify/outside/chains/issueChain";
import {
  chainRecipe,
  describeRecipe,
  isTakenByTheApi,
  USUAL_AUTHORITY,
  USUAL_MEMBER,
} from "../../../../../tools/verify/outside/chains/recipe";
import type {
  AuthorityRecipe,
  ChainRecipe,
  ClientRecipe,
} from "../../../../../tools/verify/outside/chains/recipe";

const AUTHORITY: AuthorityRecipe = { ...USUAL_AUTHORITY, name: "a" };
const CLIENT: ClientRecipe = { ...USUAL_MEMBER, name: "client", alternativeNames: [] };
const CHAIN: ChainRecipe = {
  anchor: AUTHORITY,
  anchorIsIntermediate: false,
  intermediates: [{ ...AUTHORITY, name: "b" }],
  client: CLIENT,
  arrangement: "in order",
};

test("a chain is issued as its recipe describes it", async () => {
  const { anchorPem, clientPem, chainPem } = await issueChain(CHAIN);
  const pems = chainPem.match(/-+BEGIN[^]+?-+END CERTIFICATE-+\n/g) ?? [];
  expect(pems).toHaveLength(2);
  expect(pems[0]).toBe(clientPem);
  const [client, intermediate] = pems.map((pem) => new X509Certificate(pem));
  const anchor = new X509Certificate(anchorPem);
  expect(intermediate && client?.verify(intermediate.publicKey)).toBe(true);
  expect(intermediate?.verify(anchor.publicKey)).toBe(true);
  expect(anchor.verify(anchor.publicKey)).toBe(true);
});

test.each(["damaged", "of another key"] as const)("a signature can be %s", async (signature) => {
  const { anchorPem, clientPem } = await issueChain({
    ...CHAIN,
    intermediates: [],
    client: { ...CLIENT, signature },
  });
  const client = new X509Certificate(clientPem);
  expect(client.checkIssued(new X509Certificate(anchorPem))).toBe(true);
  expect(client.verify(new X509Certificate(anchorPem).publicKey)).toBe(false);
});

test("only what is unusual is described", () => {
  const client: ClientRecipe = { ...CLIENT, validity: "expired" };
  expect(describeRecipe({ ...CHAIN, client, arrangement: "reversed" })).toBe(
    '1 intermediates; presented reversed; anchor name "a"; intermediate 1 name "b"; client validity "expired"; client name "client"',
  );
});

test("the API takes no authority without basic constraints, and no certificate without key identifiers", () => {
  expect(isTakenByTheApi(CHAIN)).toBe(true);
  expect(isTakenByTheApi({ ...CHAIN, anchor: { ...AUTHORITY, basicConstraints: "none" } })).toBe(false);
  expect(isTakenByTheApi({ ...CHAIN, client: { ...CLIENT, keyIdentifiers: "authority only" } })).toBe(false);
});

test("the recipes cover every choice", () => {
  const recipes = fc.sample(chainRecipe, { seed: 1, numRuns: 200 });
  const members = recipes.flatMap(({ anchor, intermediates, client }) => [anchor, ...intermediates, client]);
  const choices = (property: keyof typeof USUAL_MEMBER) =>
    new Set(members.map((member) => member[property])).size;
  expect(choices("validity")).toBe(3);
  expect(choices("signature")).toBe(3);
  expect(choices("keyIdentifiers")).toBe(4);
  expect(choices("keyUsage")).toBe(3);
  expect(choices("extendedKeyUsage")).toBe(5);
  expect(choices("unknownExtension")).toBe(3);
  expect(new Set(recipes.map(({ arrangement }) => arrangement)).size).toBe(6);
  expect(new Set(recipes.map(({ intermediates }) => intermediates.length)).size).toBe(5);
});
