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
  return { declared: [...declared], program: known };
};

test("a run without a Node.js program tells nothing of what follows", async () => {
  const { declarations } = await processes.start("127.0.0.1:40002", ["key"]);
  expect((await declarations.known()).program).toBe("not told");
});

test("a provider process knows what the program declares before the engine has checked it", async () => {
  program.declare()(ORGANIZATION)(["cert_a"]);
  expect(await told()).toEqual({ declared: ["cert_a"], program: "complete" });
});

test("what a program declares in another scope is not declared in this one", async () => {
  program.declare()(PROJECT)(["cert_a"]);
  expect(await told()).toEqual({ declared: [], program: "complete" });
});

test("a program is incomplete while a list of the scope is unknown", async () => {
  program.declare()(ORGANIZATION)(["cert_a"]);
  const declare = program.declare()(ORGANIZATION);
  program.declare()(PROJECT);
  expect(await told()).toEqual({ declared: ["cert_a"], program: "incomplete" });
  declare(["cert_b"]);
  expect(await told()).toEqual({ declared: ["cert_a", "cert_b"], program: "complete" });
});

test("a program is incomplete while it is not known where a resource declares ids", async () => {
  const declareIn = program.declare();
  expect(await told()).toMatchObject({ program: "incomplete" });
  declareIn(PROJECT);
  expect(await told()).toMatchObject({ program: "complete" });
});
