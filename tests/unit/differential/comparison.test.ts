import { compare, disagreements } from "../../support/differential/comparison";
import { LANES } from "../../support/differential/lanes";
import type { Failure, CaseResult, Verdict } from "../../support/differential/requests";

const TAKEN: Verdict = { status: 201, type: "", message: "", altered: [] };
const refused = (message: string, type = "HTTPBadRequest"): Verdict => ({
  status: 400,
  type,
  message,
  altered: [],
});
const failure = (property: string, reason: string): Failure => ({ at: property, property, reason });

/** The outcome for a connection with a `psk` and an `mtu`. */
function sighting(failures: readonly Failure[], answer: Verdict): CaseResult {
  const inputs = { psk: " x", mtu: 0 };
  const lane = LANES.find(({ kind }) => kind === "IpsecSiteConnection")!;
  return { lane, verb: "POST", inputs, body: inputs, failures, answer };
}

const BLANK = failure("psk", "must not start or end with whitespace");
const STRANGE = failure("psk", "is strange");

it("the comparison counts bodies that both accept, bodies that both refuse, and deliberate differences", () => {
  const { totals, unexplained } = compare([
    sighting([], TAKEN),
    sighting([STRANGE], refused("Invalid input for psk. Reason: 5 is no text.")),
    sighting([BLANK], TAKEN),
    sighting([failure("mtu", "must be at least 68"), BLANK], TAKEN),
    sighting([], refused("no such name", "VPNPeerAddressNotResolved")),
  ]);
  expect(unexplained).toEqual([]);
  expect(totals).toBe(
    "5 bodies: 1 accepted by both, 1 refused by both, 3 deliberate differences (psk 1, zero 1, names 1), 0 unexplained",
  );
});

it.each<[string, CaseResult]>([
  ["a refusal that the check did not foresee", sighting([], refused("Invalid input for psk."))],
  ["a failure that the cloud does not share", sighting([STRANGE], TAKEN)],
  ["such a failure beside a deliberate difference", sighting([BLANK, STRANGE], TAKEN)],
  ["a refusal for another property", sighting([BLANK], refused("Invalid input for mtu. Reason:"))],
  ["a value that was accepted and altered", sighting([], { ...TAKEN, altered: ["psk"] })],
  ["an error of the server", sighting([], { ...refused(""), status: 502 })],
])("the comparison does not explain %s", (_what, one) => {
  expect(compare([one]).unexplained).toHaveLength(1);
});

it("the comparison lists each case in which Neutron and the simulator disagree", () => {
  const [taken, not] = [sighting([], TAKEN), sighting([], refused(""))];
  expect(disagreements([taken, not, undefined], [taken, taken, taken])).toHaveLength(1);
});

it("the comparison expects no database error from the simulator", () => {
  const failed = sighting([failure("mtu", "must be at most 2147483647")], {
    ...TAKEN,
    status: 500,
  });
  expect(disagreements([failed], [sighting([], TAKEN)])).toEqual([]);
});
