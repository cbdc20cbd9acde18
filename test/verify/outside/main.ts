import { runAsCommand } from "../verify";
import { MUTATION } from "./mutation/mutation";

runAsCommand({ command: "verify:outside", judgements: [MUTATION] });
