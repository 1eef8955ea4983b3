import { NAMES, SPELLINGS } from "../../../provider/config/settingNames";
import { unknownSettings } from "../../../provider/config/unknownSettings";

/** The problem with one key of a project. */
const problem = (key: string, project = "network") => unknownSettings([key], project)[0];

it.each([
  ["regoin", "region"],
  ["auth_url", "authUrl"],
  ["userName", "username"],
  ["regionName", "region"],
  ["tenantName", "projectName"],
  ["OS_PASSWORD", "password"],
  ["clouds", "cloud"],
  ["dialekt", "dialect"],
])("vpnaas:%s is reported with the setting vpnaas:%s", (name, nearest) => {
  expect(problem(`vpnaas:${name}`)).toBe(
    `vpnaas:${name} is not a known setting: did you mean vpnaas:${nearest}?`,
  );
});

it("a key without a similar setting is reported without a suggestion", () => {
  expect(problem("vpnaas:favorite")).toBe(
    "vpnaas:favorite is not a known setting, and is ignored.",
  );
});

it("a setting that the stack configuration lacks is reported with its sources", () => {
  expect(problem("vpnaas:domainName")).toBe(
    "vpnaas:domainName is not read from the stack configuration: set OS_DOMAIN_NAME in the environment, or auth.domain_name in clouds.yaml.",
  );
  expect(problem("vpnaas:verify")).toMatch(/: set verify in clouds\.yaml\.$/);
});

it("known settings and the keys of others are not reported", () => {
  const known = NAMES.filter((name) => !SPELLINGS[name].isNotInStack);
  const keys = ["cloud", ...known].map((name) => `vpnaas:${name}`);
  expect(unknownSettings([...keys, "network:regoin", "openstack:regoin"], "network")).toEqual([]);
});

it("the own keys of a project called vpnaas are reported only if they resemble a setting", () => {
  expect(problem("vpnaas:favorite", "vpnaas")).toBeUndefined();
  expect(problem("vpnaas:regoin", "vpnaas")).toMatch(/did you mean vpnaas:region\?$/);
});

it("the control characters of a key are escaped", () => {
  expect(problem("vpnaas:\u001b[2J")).not.toContain("\u001b");
});
