import { createOf50 } from "./createOf50";
import { report } from "./measurement";
import { projectsOf200 } from "./projectsOf200";
import { queueOf60 } from "./queueOf60";

/**
 * Measures the provider under the API's rate limit of 8 calls a minute for each endpoint. `npm run bench:throttle`
 * uses a window of 6 seconds, and `npm run bench:throttle -- 60` the real one.
 */
async function main(windowSeconds: number): Promise<number> {
  return report([...(await createOf50()), ...(await queueOf60(windowSeconds)), ...(await projectsOf200())]);
}

void main(Number(process.argv[2] ?? 6)).then((exitCode) => {
  process.exitCode = exitCode;
});
