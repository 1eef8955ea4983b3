import * as pulumi from "@pulumi/pulumi";

import { getPeerConfiguration, getPeerConfigurationOutput, PeerFormat } from "../../../sdk";
import { formatNames } from "../../../provider/tunnel/formats";

const calls: pulumi.runtime.MockCallArgs[] = [];

beforeEach(async () => {
  calls.length = 0;
  await pulumi.runtime.setMocks({
    call: (args) => {
      calls.push(args);
      return { text: "canary", notes: [] };
    },
    newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs as object }),
  });
});

const args = { connectionId: "an-id", format: "swanctl" } as const;

it("getPeerConfiguration: calls the mocks of a program's unit test by its token", async () => {
  expect(await getPeerConfiguration(args)).toEqual({ text: "canary", notes: [] });
  expect(calls).toMatchObject([{ token: "vpnaas:index:getPeerConfiguration", inputs: args }]);
});

it("getPeerConfigurationOutput: the text is secret", async () => {
  const { text } = getPeerConfigurationOutput(args);
  expect(await pulumi.isSecret(text)).toBe(true);
});

it("PeerFormat: has the formats of the provider", () => {
  expect(Object.values(PeerFormat)).toEqual(formatNames);
});
