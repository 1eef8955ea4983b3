import { diagnosisJson } from "../../../../cli/diagnose/json";
import { diagnosisTable } from "../../../../cli/diagnose/table";
import type { Diagnosis } from "../../../../provider/diagnose/diagnose";

const DIAGNOSIS: Diagnosis = {
  id: "c-1",
  name: "office",
  status: "DOWN",
  cloudAddress: "203.0.113.59",
  peerAddress: undefined,
  comparedWith: "connection office of the peer's configuration",
  findings: [
    {
      verdict: "problem",
      property: "ipsecPolicy.pfs",
      cloud: "group14",
      peer: "group5",
      text: "It goes down.",
      cure: "Set one group.",
    },
    { verdict: "note", property: "initiator", text: "Only\nthe peer." },
    { verdict: "ok", property: "peerId", cloud: "a", peer: "a", text: "Both ends agree." },
  ],
};

it("a table has a line for each finding: property, both values, cause and cure", () => {
  expect(diagnosisTable([DIAGNOSIS], { color: false })).toBe(
    `office  DOWN  203.0.113.59 - any, compared with connection office of the peer's configuration
  FAIL  ipsecPolicy.pfs: group14 in the cloud, group5 at the peer. It goes down. Set one group.
  note  initiator: Only\\x0athe peer.
  ok    peerId: a
`,
  );
});

it("colors add no characters but their own", () => {
  const colored = diagnosisTable([DIAGNOSIS], { color: true });
  expect(colored).toContain("\u001b[31mFAIL\u001b[39m");
  // eslint-disable-next-line no-control-regex
  expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(diagnosisTable([DIAGNOSIS], { color: false }));
});

it("JSON has a version and every diagnosis", () => {
  const { version, tunnels } = JSON.parse(diagnosisJson([DIAGNOSIS])) as Record<string, unknown>;
  expect(version).toBe(1);
  expect(tunnels).toEqual([JSON.parse(JSON.stringify(DIAGNOSIS))]);
});
