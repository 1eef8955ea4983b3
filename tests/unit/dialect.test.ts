import { dialectProblem, otherThan } from "../../provider/dialect";

const K5 = "https://networking.uk-1.cloud.global.fujitsu.com";
const OTHER = "https://network.example.org";

it("the other dialect is the one that was not named", () => {
  expect([otherThan("k5"), otherThan("neutron")]).toEqual(["neutron", "k5"]);
});

it("a cloud with endpoint groups does not have the dialect k5, and the command sets neutron", () => {
  expect(dialectProblem("k5", { endpoint: OTHER, hasGroups: true })).toBe(
    "this cloud is a Neutron of OpenStack, but vpnaas:dialect is not neutron. Run `pulumi config set vpnaas:dialect neutron`, or set vpnaas.dialect of the cloud in clouds.yaml.",
  );
});

it.each([true, false])(
  "a host of K5 does not have the dialect neutron (groups: %s)",
  (hasGroups) => {
    expect(dialectProblem("neutron", { endpoint: K5, hasGroups })).toMatch(
      /^this cloud is K5, but vpnaas:dialect is not k5\. Run `pulumi config set vpnaas:dialect k5`/,
    );
  },
);

it.each([
  ["k5", K5, false],
  ["k5", OTHER, false],
  ["neutron", OTHER, true],
  ["neutron", OTHER, false],
] as const)("the dialect %s fits %s (groups: %s)", (dialect, endpoint, hasGroups) => {
  expect(dialectProblem(dialect, { endpoint, hasGroups })).toBeUndefined();
});
