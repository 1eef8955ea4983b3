import { readdirSync } from "node:fs";
import { join } from "node:path";

import { version } from "../../../package.json";
import { ALL_KINDS } from "../../support/harness/kinds";
import { PROVIDER_TEXTS } from "../../support/harness/providerProcess";
import { fixtureText, resourcesIn } from "../../fixtures/states/fixtureResources";
import { PSK } from "../../fixtures/states/programs";

const names = readdirSync(join(__dirname, "..", "..", "fixtures", "states"))
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.replace(/\.json$/, ""));

const kindsIn = (name: string) =>
  resourcesIn(fixtureText(name)).map(({ type }) => type.split(":").at(-1)!);

it("the fixtures have a state of this version for each cloud; `npx tsx scripts/recordState.ts` records them", () => {
  expect(names).toEqual(expect.arrayContaining([version, `${version}-k5`]));
});

it("the state of this version contains every resource type", () => {
  expect([...new Set(kindsIn(version))].sort()).toEqual([...ALL_KINDS].sort());
});

describe.each(names)("the recorded state %s", (name) => {
  const text = fixtureText(name);

  it("contains the pinned provider text of each resource type, twice", () => {
    for (const { inputs, outputs, type } of resourcesIn(text)) {
      const line = PROVIDER_TEXTS[type.split(":").at(-1) as keyof typeof PROVIDER_TEXTS];
      expect([inputs?.["__provider"], outputs?.["__provider"]]).toEqual([line, line]);
    }
  });

  it("has no format number", () => {
    expect(text).not.toMatch("__format");
  });

  it("contains no secret in clear text, and each psk encrypted", () => {
    expect(text).not.toMatch(PSK);
    for (const { inputs, outputs } of resourcesIn(text).filter(({ type }) =>
      type.endsWith("Connection"),
    )) {
      const encrypted = { ciphertext: expect.stringMatching(/^v1:/) };
      expect([inputs?.["psk"], outputs?.["psk"]]).toMatchObject([encrypted, encrypted]);
    }
  });

  it("contains no folder of the machine that recorded it", () => {
    const places = text.match(/"sourcePosition": ".*"/g) ?? [];
    expect(places.length).toBeGreaterThan(0);
    expect(
      places.filter((one) => !/"project:\/\/\/(\.\.\/)*(index\.js|pulumi-vpnaas\/)/.test(one)),
    ).toEqual([]);
  });
});
