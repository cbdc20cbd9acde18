import { applyOf50 } from "./applyOf50";
import { report } from "./measure";
import { queueOf60 } from "./queueOf60";
import { projectsOf200 } from "./projectsOf200";

/**
 * Measures what the API's throttle of 8 calls a minute for each endpoint makes of the provider's speed:
 * `npm run bench:throttle` with a window of 6 seconds, `npm run bench:throttle -- 60` with the real one.
 */
async function main(windowSeconds: number): Promise<number> {
  return report([...(await applyOf50()), ...(await queueOf60(windowSeconds)), ...(await projectsOf200())]);
}

void main(Number(process.argv[2] ?? 6)).then((exitCode) => {
  process.exitCode = exitCode;
});
