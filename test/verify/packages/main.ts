import { runAsCommand } from "../verify";

runAsCommand({ command: "verify:packages", judgements: [] });
