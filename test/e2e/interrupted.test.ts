import { CREATE, type Interruption, type InterruptPoint, UPDATE } from "../resilience/interruptions/plan";
import { runInterruption } from "../resilience/interruptions/runInterruption";

/** `npm run test:kills` kills at many more moments. */
describe("an apply of 50 ids that is killed", () => {
  const activating: InterruptPoint = { position: 3, phase: "acted" };
  test.each([
    { kill: "^C", change: CREATE, needed: ["up"], calls: "none" },
    { kill: "SIGKILL", change: UPDATE, needed: ["cancel", "up"], calls: "1 list, 1 activate, 2 deactivate" },
  ] satisfies { kill: Interruption; [more: string]: unknown }[])(
    "by $kill, in the middle of its $change.name, is brought to its end by one up",
    async ({ kill, change, needed, calls }) => {
      const outcome = await runInterruption({ interruption: kill, change, point: activating, first: "up" });
      expect(outcome).toMatchObject({ needed, calls, wrong: [] });
    },
  );
});
