import { runAsCommand } from "../verify";

runAsCommand({ command: "verify:backends", judgements: [] });
