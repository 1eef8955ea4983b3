import { describeWithEngine } from "../../support/harness/requires";
import { DriftCommand, verdicts } from "./command";

describeWithEngine("a drift check of several stacks", () => {
  let command: DriftCommand;
  beforeAll(async () => {
    command = await DriftCommand.make();
    const { program } = command;
    const up = ["up", "--yes", "--skip-preview", "--non-interactive", "--stack", "second"];
    await program.stack.run(["stack", "init", "second", "--non-interactive", "--no-select"]);
    await program.stack.run(["config", "set", "--stack", "second", "vpnaas:dialect", "neutron"]);
    program.write(command.office("branch"));
    await program.stack.run(up);
  });
  afterAll(() => command.stop());

  it("lists each collection of a shared cloud once", async () => {
    const report = await command.report({}, "--all-stacks");

    expect(verdicts(report)).toMatchObject({ main: "drifted", branch: "inStep" });
    const lists = command.sent.map(({ path }) => path).filter((path) => path.includes("/vpn/"));
    expect(lists.sort()).toEqual([
      "/network/v2.0/vpn/ikepolicies",
      "/network/v2.0/vpn/ipsec-site-connections",
    ]);
  });

  it("reads a stack once even if it is named twice", async () => {
    const { stacks, code } = await command.report(
      {},
      "--stack",
      "test",
      "--stack",
      "organization/resources/test",
    );

    expect(stacks).toMatchObject([{ name: "test", resources: 2 }]);
    expect(code).toBe(2);
  });

  describe("with one unreadable stack", () => {
    const drifted = { main: "drifted", "main-ike": "inStep" };

    it("shows the others and reports no object as unmanaged that the stack may own", async () => {
      await command.spoilingSettings("second", "config: [}\n", async () => {
        const report = await command.report({}, "--all-stacks", "--fail-on", "unmanaged");

        expect(verdicts(report)).toEqual(drifted);
        expect(report.problems).toEqual([
          expect.stringMatching(/^The configuration of the stack second cannot be read: ./),
        ]);
        expect(report.unmanaged).toEqual([]);
        expect(report.code).toBe(1);
      });
    });

    it("shows the others even if its state breaks the list of stacks", async () => {
      await command.spoilingState(
        "second",
        () => "{ no json",
        async () => {
          const report = await command.report({}, "--stack", "test", "--stack", "second");

          expect(verdicts(report)).toEqual(drifted);
          expect(report.problems).toEqual([
            expect.stringMatching(/^The state of the stack second cannot be read: ./),
          ]);
          expect(report.code).toBe(1);
        },
      );
    });

    it("shows the others beside a missing stack", async () => {
      const report = await command.report({}, "--stack", "test", "--stack", "nope");

      expect(verdicts(report)).toEqual(drifted);
      expect(report.problems).toEqual([expect.stringMatching(/no stack nope.*second, test/)]);
    });
  });
});
