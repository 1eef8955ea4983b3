/** Backends of Pulumi that several operators share. */
import { startPostgres } from "./postgres";
import { startS3 } from "./s3";
import type { StateStore } from "./stack";

/** A server that stores states. */
export interface Backend {
  /** Returns a new empty store at each call. */
  readonly fresh: () => StateStore;
  /** Variables in the commands of docs/guides/teams.md that log in to it. */
  readonly names: Record<string, string>;
  readonly stop: () => Promise<void>;
}

/** States in a bucket. */
export async function s3Backend(): Promise<Backend> {
  const { ready, stop } = await startS3();
  const query = new URLSearchParams({
    region: "us-east-1",
    endpoint: `127.0.0.1:${ready.port}`,
    disableSSL: "true",
    s3ForcePathStyle: "true",
  });
  const env = {
    AWS_ACCESS_KEY_ID: "any",
    AWS_SECRET_ACCESS_KEY: "any",
    AWS_EC2_METADATA_DISABLED: "true",
  };
  let count = 0;
  return {
    names: { ...env, BUCKET: ready.bucket, S3_HOST: `http://127.0.0.1:${ready.port}` },
    fresh: () => ({ url: `s3://${ready.bucket}/store${(count += 1)}?${query.toString()}`, env }),
    stop,
  };
}

/** States in a table. */
export async function postgresBackend(): Promise<Backend> {
  const { port, user, password, database, stop } = await startPostgres();
  const place = `postgres://${user}@127.0.0.1:${port}/${database}?sslmode=disable`;
  let count = 0;
  return {
    names: {
      DATABASE_USER: user,
      DATABASE_PASSWORD: password,
      DATABASE_HOST: `127.0.0.1:${port}`,
      DATABASE: database,
      SSL_MODE: "disable",
    },
    fresh: () => ({ url: `${place}&table=store${(count += 1)}`, env: { PGPASSWORD: password } }),
    stop,
  };
}
