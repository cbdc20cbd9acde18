import type { RunningCommand } from "../../engine/stack";
import type { Interruption } from "./plan";

/** Interrupts a running update in each of the ways. */
export const INTERRUPTERS: Readonly<Record<Interruption, (running: RunningCommand) => void>> = {
  "^C": (running) => {
    running.interrupt();
  },
  "^C ^C": (running) => {
    running.interrupt();
    // The engine has already ended when it had nothing left to do: then one interrupt was enough.
    const again = () => {
      running.interrupt();
    };
    running.waitFor(/\^C received; cancelling/).then(again, () => undefined);
  },
  SIGKILL: (running) => {
    running.kill();
  },
  "SIGKILL, engine alone": ({ pid }) => {
    if (pid !== undefined) process.kill(pid, "SIGKILL");
  },
};
