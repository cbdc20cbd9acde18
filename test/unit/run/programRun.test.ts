import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { ORGANIZATION } from "../../../provider/api/scope";
import type { Scope } from "../../../provider/api/scope";
import type { Declarations } from "../../../provider/run/declarations";
import { ProgramRun } from "../../../provider/run/programRun";
import { Processes } from "./processes";

const PROJECT: Scope = { kind: "project", projectId: "proj_a" };
const ENGINE = "127.0.0.1:40001";

let processes: Processes;
let organization: Declarations;
let program: ProgramRun;

beforeEach(async () => {
  processes = new Processes();
  ({ declarations: organization } = await processes.start(ENGINE, ["key"]));
  program = new ProgramRun(ENGINE);
  await program.published;
});

afterEach(() => {
  processes.remove();
});

const told = async () => {
  const { declared, program: known } = await organization.known();
  expect(declared).toEqual(new Set());
  return known && { ...known, declared: [...known.declared] };
};

test("a run without a Node.js program tells nothing of what follows", async () => {
  const { declarations } = await processes.start("127.0.0.1:40002", ["key"]);
  expect((await declarations.known()).program).toBeUndefined();
});

test("a provider process knows what the program declares before the engine has checked it", async () => {
  program.declare()(ORGANIZATION)(["cert_a"]);
  expect(await told()).toEqual({ declared: ["cert_a"], isComplete: true });
});

test("what a program declares in another scope is not declared in this one", async () => {
  program.declare()(PROJECT)(["cert_a"]);
  expect(await told()).toEqual({ declared: [], isComplete: true });
});

test("a program is incomplete while a list of the scope is unknown", async () => {
  program.declare()(ORGANIZATION)(["cert_a"]);
  const declare = program.declare()(ORGANIZATION);
  program.declare()(PROJECT);
  expect(await told()).toEqual({ declared: ["cert_a"], isComplete: false });
  declare(["cert_b"]);
  expect(await told()).toEqual({ declared: ["cert_a", "cert_b"], isComplete: true });
});

test("a program is incomplete while it is not known where a resource declares ids", async () => {
  const declareIn = program.declare();
  expect(await told()).toMatchObject({ isComplete: false });
  declareIn(PROJECT);
  expect(await told()).toMatchObject({ isComplete: true });
});

test("what several processes of a program declare is added up", async () => {
  program.declare()(ORGANIZATION)(["cert_a"]);
  const component = new ProgramRun(ENGINE);
  await component.published;
  component.declare()(ORGANIZATION)(["cert_b"]);
  const { declared = [], isComplete } = (await told()) ?? {};
  expect({ declared: declared.toSorted(), isComplete }).toEqual({
    declared: ["cert_a", "cert_b"],
    isComplete: true,
  });
  component.declare();
  expect(await told()).toMatchObject({ isComplete: false });
});

test("a program whose run has ended tells nothing", async () => {
  program.leave();
  await program.published;
  expect(await told()).toBeUndefined();
});

test("a program whose engine has ended leaves its run, and one whose engine listens does not", async () => {
  const engine = createServer();
  await once(engine.listen(0, "127.0.0.1"), "listening");
  const running = new ProgramRun(`127.0.0.1:${(engine.address() as AddressInfo).port}`);
  expect(await running.leaveIfEnded()).toBe(false);
  await new Promise((resolve) => engine.close(resolve));
  expect(await running.leaveIfEnded()).toBe(true);
});
