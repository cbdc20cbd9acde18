import { join } from "node:path";
import { whilePending } from "../../../provider/shared/pendingCalls";
import { REPOSITORY } from "../../engine/packages";
import { runProcess } from "../../engine/process";

/** Runs a script that has `whilePending` and a call that never settles, in a process of its own. */
function run(script: string) {
  const module = JSON.stringify(join(REPOSITORY, "provider/shared/pendingCalls.ts"));
  const program = `const { whilePending } = require(${module}); const never = () => new Promise(() => {}); ${script}`;
  return runProcess(process.execPath, ["--require", "tsx/cjs", "-e", program], { cwd: REPOSITORY, env: {} });
}

describe("a process", () => {
  test("that ends while a call is pending fails, and names the call", async () => {
    const { exitCode, stderr } = await run(
      `whilePending("getCertificates", never); whilePending("getCertificates", never); whilePending("adopt", never);`,
    );
    expect(exitCode).toBe(2);
    expect(stderr).toBe(
      "pulumi-openai-certificates: the process ended while a call was pending: getCertificates, adopt\n",
    );
  });

  test("that awaits such a call fails, too", async () => {
    const { exitCode, stdout } = await run(
      `(async () => { await whilePending("getCertificates", never); console.log("done"); })();`,
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  });

  test("that exits with success while a call is pending fails", async () => {
    expect(await run(`whilePending("adopt", never); process.exit(0);`)).toMatchObject({ exitCode: 2 });
  });

  test("that fails for another reason keeps its exit code, and its output", async () => {
    expect(await run(`whilePending("adopt", never); process.exit(7);`)).toMatchObject({
      exitCode: 7,
      output: "",
    });
    expect(await run(`process.exitCode = 7; whilePending("adopt", never);`)).toMatchObject({
      exitCode: 7,
      output: "",
    });
  });

  test.each(["Promise.resolve()", "Promise.reject(new Error())"])(
    "whose calls have settled ends with 0: %s",
    async (end) => {
      const script = `whilePending("adopt", () => ${end}).catch(() => {});`;
      expect(await run(script)).toMatchObject({ exitCode: 0, output: "" });
    },
  );
});

test("nothing is registered unless a call is pending, and once for all calls", async () => {
  const before = process.listenerCount("exit");
  const { promise, resolve } = Promise.withResolvers<string>();
  const calls = ["a", "b"].map((name) => whilePending(name, () => promise));
  const failing = whilePending("c", () => {
    throw new Error("no luck");
  });
  await expect(failing).rejects.toThrow("no luck");
  expect(process.listenerCount("exit")).toBe(before + 1);
  resolve("done");
  expect(await Promise.all(calls)).toEqual(["done", "done"]);
  expect(process.listenerCount("exit")).toBe(before);
});
