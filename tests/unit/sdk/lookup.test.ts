import { readFileSync } from "node:fs";
import path from "node:path";

import * as pulumi from "@pulumi/pulumi";

import {
  getEndpointGroup,
  getIkePolicy,
  getIkePolicyOutput,
  IkePolicy,
  LookupError,
} from "../../../sdk";

const calls: pulumi.runtime.MockCallArgs[] = [];

/** Resources exist at once, except those named `new` in a preview. */
function useEngine({ isPreview = false } = {}): Promise<void> {
  const mocks: pulumi.runtime.Mocks = {
    call: (args) => {
      calls.push(args);
      return { id: "an-id", ...(args.inputs as object) };
    },
    newResource: ({ name, inputs }) => ({
      id: isPreview && name === "new" ? undefined : `${name}-id`,
      state: inputs as object,
    }),
  };
  return pulumi.runtime.setMocks(mocks, "network", "dev", isPreview);
}

/** A resource of another package. */
class Thing extends pulumi.CustomResource {
  constructor(name: string, opts?: pulumi.CustomResourceOptions) {
    super("test:index:Thing", name, {}, opts);
  }
}

interface Insides<T> {
  readonly isKnown: Promise<boolean>;
  promise(): Promise<T>;
}

function insides<T>(output: pulumi.Output<T>): Insides<T> {
  return output as unknown as Insides<T>;
}

beforeEach(async () => {
  calls.length = 0;
  await useEngine();
});

it("a lookup uses the mocks of a program's unit test instead of a cloud", async () => {
  const found = await getIkePolicy({ name: "strong" });

  expect(found).toEqual({ id: "an-id", name: "strong" });
  expect(calls).toMatchObject([{ token: "vpnaas:index:getIkePolicy", inputs: { name: "strong" } }]);
});

describe("the Output form of a lookup", () => {
  it("accepts inputs", async () => {
    const policy = new IkePolicy("made", { name: "strong" });
    const found = getIkePolicyOutput({ name: policy.name, ikeVersion: Promise.resolve("v2") });
    expect(await insides(found).promise()).toMatchObject({ name: "strong", ikeVersion: "v2" });
  });

  it("is secret if an input is secret", async () => {
    const of = (name: pulumi.Input<string>) => pulumi.isSecret(getIkePolicyOutput({ name }));
    expect([await of(pulumi.secret("strong")), await of("strong")]).toEqual([true, false]);
  });

  it("depends on the resources of its inputs and on those in dependsOn", async () => {
    const [one, other] = [new IkePolicy("one", {}), new Thing("other")];
    const found = getIkePolicyOutput({ name: one.name }, { dependsOn: [other] });
    expect(await pulumi.getAllResources(found)).toEqual(new Set([one, other]));
  });

  describe("in a preview", () => {
    beforeEach(() => useEngine({ isPreview: true }));

    const isLookedUp = async (found: pulumi.Output<unknown>) => {
      const isKnown = await insides(found).isKnown;
      expect(calls).toHaveLength(isKnown ? 1 : 0);
      return isKnown;
    };
    const aComponent = (child: string) => {
      const parent = new pulumi.ComponentResource("test:index:Component", "component");
      new Thing(child, { parent });
      return parent;
    };

    it("is looked up if every input is known", async () => {
      const there = new IkePolicy("there", { name: "strong" });
      const found = getIkePolicyOutput({ name: there.name }, { dependsOn: aComponent("too") });
      expect(await isLookedUp(found)).toBe(true);
    });

    it("is unknown while an input is unknown", async () => {
      const name = pulumi.output(pulumi.unknown) as unknown as pulumi.Output<string>;
      expect(await isLookedUp(getIkePolicyOutput({ name }))).toBe(false);
    });

    it("is unknown while the resource of a known input does not exist yet", async () => {
      const { name } = new IkePolicy("new", { name: "strong" });
      expect(await isLookedUp(getIkePolicyOutput({ name }))).toBe(false);
    });

    it("is unknown while a resource in dependsOn does not exist yet", async () => {
      const dependsOn = Promise.resolve([new Thing("new")]);
      expect(await isLookedUp(getIkePolicyOutput({ name: "x" }, { dependsOn }))).toBe(false);
    });

    it("is unknown while a child of a component in dependsOn does not exist yet", async () => {
      const dependsOn = aComponent("new");
      expect(await isLookedUp(getIkePolicyOutput({ name: "x" }, { dependsOn }))).toBe(false);
    });
  });
});

describe("a failed lookup", () => {
  /** No mocks, as in a program that the engine runs. */
  beforeEach(() => {
    pulumi.runtime.setMockOptions(undefined, "network", "dev");
    pulumi.runtime.setConfig("vpnaas:dialect", "k5");
  });

  it("reaches the user as a message without a stack trace", async () => {
    const error: unknown = await getEndpointGroup({ name: "branch" }).catch((one: unknown) => one);

    expect(pulumi.RunError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({
      message: expect.stringMatching(/The k5 dialect has no EndpointGroup/),
      stack: "",
    });
    expect(error).not.toBeInstanceOf(LookupError);
  });
});

it("the guide of lookups shows a program that scenarios run", () => {
  const read = (...parts: string[]) =>
    readFileSync(path.join(__dirname, "..", "..", "..", ...parts), "utf8");
  const program = read("tests", "fixtures", "programs", "lookupsExample", "index.ts");
  expect(read("docs", "guides", "lookups.md")).toContain(`\`\`\`ts\n${program}\`\`\``);
});
