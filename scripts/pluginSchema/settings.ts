import { ARGUMENT_NAMES, SECRET_ARGUMENTS } from "../../provider/config/providerArguments";
import { SPELLINGS } from "../../provider/config/settingNames";
import type { Part } from "./parts";

/** Descriptions of the settings; the page docs/guides/authentication.md has all of them. */
const SETTINGS: Readonly<Record<string, string>> = {
  cloud: "Entry of clouds.yaml with the location and the login.",
  dialect: "API of the cloud: `k5` (default) or `neutron`.",
  onDrift:
    "Treatment of properties that somebody else changed: `report` (default), `correct` or `fail`.",
  preflight:
    "Treatment of values that the cloud would refuse, in a preview: `on` (fail, default), `warn` or `off`.",
  maxConcurrency: "Number of requests to one cloud that may be in flight at once.",
  logLevel: "Amount of output: `info` (default) or `debug`.",
  insecure: "Whether server certificates are not verified.",
  cacert: "File with the certificates of trusted authorities, in PEM format.",
  endpoint: "Network endpoint, instead of that of the catalog.",
  authUrl: "URL of Keystone.",
};

/** The settings as properties of the provider and of the stack configuration. */
export function settings(): Readonly<Record<string, Part>> {
  return Object.fromEntries(
    ARGUMENT_NAMES.map((name) => [
      name,
      {
        type: "string",
        description: descriptionOfSetting(name),
        ...(SECRET_ARGUMENTS.has(name) && { secret: true }),
      },
    ]),
  );
}

function descriptionOfSetting(name: (typeof ARGUMENT_NAMES)[number]): string {
  const [variable] = name === "cloud" ? ["OS_CLOUD"] : SPELLINGS[name].env;
  const source = variable === undefined ? "" : ` \`${variable}\` in the environment.`;
  return `${SETTINGS[name] ?? `The setting \`vpnaas:${name}\` of a login.`}${source}`;
}
