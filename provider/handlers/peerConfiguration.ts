import { VpnaasError } from "../errors";
import { resources } from "../resources";
import type { Runtime } from "../runtime";
import { argumentSchemaOf } from "../schema/jsonSchema";
import { withoutAbsent } from "../schema/equality";
import { gatherView, type KnownFacts } from "../peer/gatherView";
import { cloudSource } from "../peer/source";
import type { FormatName } from "../tunnel/formats";
import { peerConfigurationOf } from "../tunnel/peerConfiguration";
import { formatPath, validator } from "../validation/validator";
import type { Inputs, Values } from "../values";

/** Valid arguments. */
interface Arguments extends KnownFacts {
  readonly connectionId: string;
  readonly format: FormatName;
  readonly peerInterface?: string;
  readonly cloud?: string;
}

const violationsIn = validator(argumentSchemaOf("getPeerConfiguration"));

/**
 * `getPeerConfiguration` of schema.json, with arguments and result as described there. The text
 * contains a secret. `signal` cancels it.
 * @throws VpnaasError for invalid arguments, a login or request that fails, and a tunnel that the
 * format cannot express. Messages may repeat arguments: see `redactErrors`.
 */
export async function getPeerConfiguration(
  runtime: Runtime,
  args: Inputs,
  signal?: AbortSignal,
): Promise<Values> {
  const given = withoutAbsent(args);
  const problems = violationsIn(given).map(({ path, reason }) => `${formatPath(path)}: ${reason}`);
  if (problems.length > 0) {
    throw new VpnaasError(`The peer's configuration is not available: ${problems.join("; ")}.`);
  }
  const {
    connectionId,
    format,
    peerInterface,
    cloud: _cloud,
    ...facts
  } = given as unknown as Arguments;
  const { client } = await runtime.context(
    resources.ipsecSiteConnection,
    [given],
    new Set(),
    signal,
  );
  const source = cloudSource(client);
  const connection = await source.part("IpsecSiteConnection", connectionId);
  const view = await gatherView(connection, source, facts);
  return withoutAbsent({ ...peerConfigurationOf(view, format, "plain", peerInterface) });
}
