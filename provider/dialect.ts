/** The API of a cloud: Fujitsu K5 / FJcloud-O, or OpenStack Neutron itself. */
export type Dialect = "k5" | "neutron";

/** The other dialect. */
export function otherThan(dialect: Dialect): Dialect {
  return dialect === "k5" ? "neutron" : "k5";
}

/** K5's endpoints are `networking.<region>.cloud.global.fujitsu.com`. */
const K5_HOST = /^https?:\/\/[^/]*\.cloud\.global\.fujitsu\.com(?:[:/]|$)/;

/**
 * Why a cloud cannot have the configured dialect, with the command that sets the other one; undefined if it
 * may have it. Only a Neutron of OpenStack has endpoint groups, and only K5 has its host names.
 */
export function dialectProblem(
  dialect: Dialect,
  { endpoint, hasGroups }: { readonly endpoint: string; readonly hasGroups: boolean },
): string | undefined {
  const isWrong = dialect === "k5" ? hasGroups : K5_HOST.test(endpoint);
  if (!isWrong) return undefined;
  const [cloud, other] = [CLOUDS[otherThan(dialect)], otherThan(dialect)];
  return `this cloud is ${cloud}, but vpnaas:dialect is not ${other}. Run \`pulumi config set vpnaas:dialect ${other}\`, or set vpnaas.dialect of the cloud in clouds.yaml.`;
}

const CLOUDS: Readonly<Record<Dialect, string>> = {
  k5: "K5",
  neutron: "a Neutron of OpenStack",
};
