import { describeClients } from "./clientsScenario";
import { declaring } from "./transition";

describeClients("dynamic", declaring);
