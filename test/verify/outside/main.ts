import { runAsCommand } from "../verify";

runAsCommand({ command: "verify:outside", judgements: [] });
