import { DATA_KEY, startKeyServer } from "../engine/keyServer";

describe("the key server of the tests' stacks", () => {
  test("decrypts the key of the stacks, and no other", async () => {
    const server = await startKeyServer();
    try {
      const decrypt = (name: string) =>
        fetch(`${server.url}/v1/transit/decrypt/${name}`, {
          method: "PUT",
          body: JSON.stringify({ ciphertext: "vault:v1:stacks" }),
        });
      const known = await decrypt("stacks");
      expect(known.status).toBe(200);
      expect(await known.json()).toEqual({ data: { plaintext: DATA_KEY.toString("base64") } });
      expect((await decrypt("others")).status).toBe(404);
    } finally {
      await server.close();
    }
  });
});
