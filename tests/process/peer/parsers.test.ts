import { peerConfigurationOf } from "../../../provider/tunnel/peerConfiguration";
import {
  algparse,
  checkLibreswan,
  loadSwanctl,
  missingSwans,
  startIpsec,
} from "../../support/harness/swans";
import { textsOf } from "../../unit/support/tunnelTexts";
import { aTunnel } from "../../unit/support/tunnels";

const missing = missingSwans();
const title = missing === undefined ? "the parser" : `the parser [skipped: ${missing}]`;

(missing === undefined ? describe : describe.skip)(title, () => {
  it("of swanctl accepts every text", () => {
    const texts = textsOf("swanctl");
    const printed = loadSwanctl([...texts.values()].join("\n"));
    const accepted = [...printed.matchAll(/^loaded connection '(.*)'$/gm)].map(([, name]) => name);
    expect(accepted.sort()).toEqual([...texts.keys()].sort());
    expect(printed).not.toMatch(/loading connection .* failed/);
    expect(printed.match(/^loaded ike secret/gm)).toHaveLength(4);
  });

  it("of swanctl refuses a text with a wrong word", () => {
    const text = peerConfigurationOf(aTunnel(), "swanctl").text.replace("aes256", "aes-256");
    expect(loadSwanctl(text)).toMatch(/loading connection 'office' failed/);
  });

  it("of strongSwan's starter accepts every ipsec.conf", () => {
    const texts = textsOf("ipsec.conf");
    const printed = startIpsec([...texts.values()].join("\n"));
    const added = new Set(
      [...printed.matchAll(/received stroke: add connection '(office\d+)/g)].map(
        ([, name]) => name,
      ),
    );
    expect([...texts.keys()].filter((name) => !added.has(name))).toEqual([]);
    expect(printed).not.toMatch(/skipped|parsing error|unknown keyword|bad value|invalid/i);
  });

  it("of strongSwan accepts every ipsec.secrets, with both identities", () => {
    const texts = textsOf("ipsec.secrets");
    const printed = startIpsec("", [...texts.values()].join("\n"));
    const loaded = [...printed.matchAll(/loaded IKE secret for (.*)$/gm)].map(([, ids]) => ids);
    expect(loaded).toEqual([
      "@office.example.com @cloud",
      "@198.51.100.9 @cloud",
      "@@o@example.com @cloud",
      "@#6f66 @cloud",
    ]);
    expect(printed).not.toMatch(/line \d+:/);
  });

  it("of libreswan accepts every ipsec.conf and every proposal in it", () => {
    const texts = textsOf("libreswan");
    expect(checkLibreswan([...texts.values()].join("\n"))).toMatchObject({ status: 0, stderr: "" });
    const refusals = [...texts].flatMap(([name, text]) => {
      const version = text.includes("ikev2=no") ? "v1" : "v2";
      const word = (key: string) => new RegExp(`^  ${key}=(.*)$`, "m").exec(text)![1]!;
      const proposals = [`ike=${word("ike")}`, `${word("phase2")}=${word("phase2alg")}`];
      return proposals
        .map((one) => algparse(version, one))
        .map((error) => error && `${name} ${error}`);
    });
    expect(refusals.filter(Boolean)).toEqual([]);
  });

  it("of libreswan refuses a wrong key and a wrong proposal", () => {
    const text = peerConfigurationOf(aTunnel(), "libreswan").text.replace("leftid=", "leftname=");
    expect(checkLibreswan(text).status).not.toBe(0);
    expect(algparse("v2", "ike=aes999-sha2_256-modp2048")).not.toBe("");
  });
});
