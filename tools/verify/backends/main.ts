import { runAsCommand } from "../verify";
import { scale } from "./scale/check";
import { startPostgres } from "./servers/postgres";
import { startS3Store } from "./servers/s3Store";
import { sharedState } from "./team/check";

runAsCommand({
  command: "verify:backends",
  checks: [
    sharedState({ id: "postgres", store: "PostgreSQL", start: startPostgres }),
    sharedState({ id: "s3", store: "an S3-compatible store", start: startS3Store }),
    scale,
  ],
});
