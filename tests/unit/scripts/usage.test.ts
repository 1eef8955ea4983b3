import { createChecker } from "../../../provider/lifecycle/operations/check";
import { RESOURCES } from "../../../provider/schema/packageSchema";
import { allResourceTypes } from "../../../provider/schema/resourceType";
import type { Inputs } from "../../../provider/values";
import { LANGUAGES } from "../../../scripts/usage";
import { allExamples, type Example } from "../../../scripts/usage/examples";
import { goProgram } from "../../../scripts/usage/go";

const AN_ID = "0c1d5a1e-0000-4000-8000-000000000000";

describe("the examples of schema.json", () => {
  it.each(allResourceTypes().map((type) => [type.kind, type] as const))(
    "of %s have inputs that the check accepts without a warning",
    (kind, type) => {
      const check = createChecker(type, []);
      for (const inputs of Object.values(RESOURCES[kind]["x-example"])) {
        const known = JSON.stringify(inputs).replace(/\$\{\w+\.\w+\}/g, AN_ID);
        const { failures, warnings } = check(JSON.parse(known) as Inputs, "neutron");
        expect([failures, warnings]).toEqual([[], []]);
      }
    },
  );

  it("are one program, in which each resource is after the resources that it refers to", () => {
    const names = allExamples().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.indexOf("key")).toBeLessThan(names.indexOf("office"));
    expect(names.indexOf("office")).toBeLessThan(names.indexOf("ready"));
  });
});

describe("an example", () => {
  const example: Example = {
    name: "one",
    kind: "Kind",
    properties: [
      ["isOn", { form: "literal", value: true }],
      ["peerName", { form: "literal", value: "a" }],
      ["algorithm", { form: "enum", type: "Algorithm", member: "AesXcbc", value: "aes-xcbc" }],
      ["ids", { form: "list", items: [{ form: "output", resource: "other", output: "id" }] }],
      ["key", { form: "output", resource: "other", output: "nextKey" }],
      [
        "dpd",
        { form: "object", type: "Dpd", members: [["maxAge", { form: "literal", value: 3 }]] },
      ],
    ],
  };

  it.each([
    [
      "TypeScript",
      `const one = new vpnaas.Kind("one", {
  isOn: true,
  peerName: "a",
  algorithm: "aes-xcbc",
  ids: [other.id],
  key: other.nextKey,
  dpd: { maxAge: 3 },
});
`,
    ],
    [
      "YAML",
      `resources:
  one:
    type: vpnaas:Kind
    properties:
      isOn: true
      peerName: a
      algorithm: aes-xcbc
      ids:
        - \${other.id}
      key: \${other.nextKey}
      dpd:
        maxAge: 3
`,
    ],
    [
      "Python",
      `one = vpnaas.Kind(
    "one",
    is_on=True,
    peer_name="a",
    algorithm=vpnaas.Algorithm.AES_XCBC,
    ids=[other.id],
    key=other.next_key,
    dpd={"max_age": 3},
)
`,
    ],
    [
      "Go",
      `one, err := vpnaas.NewKind(ctx, "one", &vpnaas.KindArgs{
	IsOn:      pulumi.Bool(true),
	PeerName:  pulumi.String("a"),
	Algorithm: vpnaas.AlgorithmAesXcbc,
	Ids:       pulumi.StringArray{other.ID()},
	Key:       other.NextKey,
	Dpd:       &vpnaas.DpdArgs{MaxAge: pulumi.Int(3)},
})
if err != nil {
	return err
}
`,
    ],
    [
      "C#",
      `var one = new Vpnaas.Kind("one", new()
{
    IsOn = true,
    PeerName = "a",
    Algorithm = Vpnaas.Algorithm.AesXcbc,
    Ids = { other.Id },
    Key = other.NextKey,
    Dpd = new Vpnaas.Inputs.DpdArgs { MaxAge = 3 },
});
`,
    ],
  ])("in %s has the names and types of that language", (title, code) => {
    const language = LANGUAGES.find((one) => one.title === title)!;
    expect(language.declare([example])).toBe(code);
  });

  it("in a program in Go has no variable if no other resource refers to it", () => {
    expect(goProgram([example])).toMatch(/^\t\t_, err = vpnaas\.NewKind\(ctx, "one"/m);
  });
});
