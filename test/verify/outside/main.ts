import { runAsCommand } from "../verify";
import { NODE_CLIENT, PYTHON_CLIENT } from "./clients/clients";

runAsCommand({
  command: "verify:outside",
  judgements: [NODE_CLIENT, PYTHON_CLIENT],
});
