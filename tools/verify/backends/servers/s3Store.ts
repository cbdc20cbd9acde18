import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startProcess } from "../../../../test/engine/process";
import type { Log } from "../../check";
import { buildVersitygw, versitygwVersion } from "./buildVersitygw";
import { freePort, waitForPort } from "./port";
import type { SharedBackend } from "./sharedBackend";

const REGION = "us-east-1";

/** Starts an S3-compatible server that keeps objects as files, on a free port of 127.0.0.1. */
export async function startS3Store(log: Log): Promise<SharedBackend> {
  const executable = await buildVersitygw(log);
  const folder = await mkdtemp(join(tmpdir(), "s3-"));
  const [buckets, metadata] = [join(folder, "buckets"), join(folder, "metadata")];
  await Promise.all([mkdir(buckets), mkdir(metadata)]);

  const port = await freePort();
  const [accessKey, secretKey] = ["runner", randomUUID()];
  const server = startProcess(
    executable,
    ["--port", `127.0.0.1:${port}`, "--quiet", "posix", "--sidecar", metadata, buckets],
    { cwd: folder, env: { ROOT_ACCESS_KEY: accessKey, ROOT_SECRET_KEY: secretKey, VGW_REGION: REGION } },
  );
  const stop = () => {
    server.signal("SIGTERM");
  };
  process.once("exit", stop);
  await waitForPort(port, server);

  let stores = 0;
  return {
    server: `versitygw ${await versitygwVersion()} (S3)`,
    newStore: async () => {
      stores += 1;
      const bucket = `state-${stores}`;
      // A folder of the server's is a bucket.
      await mkdir(join(buckets, bucket));
      const query = `endpoint=http://127.0.0.1:${port}&s3ForcePathStyle=true&region=${REGION}`;
      return {
        PULUMI_BACKEND_URL: `s3://${bucket}?${query}`,
        AWS_ACCESS_KEY_ID: accessKey,
        AWS_SECRET_ACCESS_KEY: secretKey,
      };
    },
    close: async () => {
      process.off("exit", stop);
      stop();
      await server.result;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
