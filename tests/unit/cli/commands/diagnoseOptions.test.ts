import { diagnoseOptionsOf } from "../../../../cli/commands/diagnoseOptions";

it("every connection of the selected stack, a table and no file are the defaults", () => {
  expect(diagnoseOptionsOf([])).toMatchObject({
    connection: undefined,
    stack: undefined,
    isInCloud: false,
    peerConfigs: [],
    peerCloud: undefined,
    isJson: false,
  });
});

it("several files describe one peer", () => {
  const args = ["office", "--peer-config", "ipsec.conf", "--peer-config", "ipsec.secrets"];
  expect(diagnoseOptionsOf(args).peerConfigs).toEqual(["ipsec.conf", "ipsec.secrets"]);
});

it.each([
  [["a", "b"], /diagnose accepts one connection/],
  [["--peer-config", ""], /--peer-config has no value/],
  [["--peer-cloud", ""], /--peer-cloud has no value/],
  [["--cloud", "west"], /--cloud needs --connection/],
  [["--cloud-address", "any"], /--cloud-address accepts an IPv4 or IPv6 address, not "any"/],
])("%j is refused as invalid usage", (args, message) => {
  expect(() => diagnoseOptionsOf(args)).toThrow(message);
});
