import { Settings } from "../../provider/settings/settings";

/** What messages call the settings of the default connection. */
export const { names: NAMES } = new Settings(() => undefined, {});
