import { describeClients } from "../clientsScenario";
import { pluginProgram } from "./program";

describeClients("plugin", pluginProgram);
