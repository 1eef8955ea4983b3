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

  it("asks a cloud of two stacks once for each collection", async () => {
    const report = await command.report({}, "--all-stacks");

    expect(verdicts(report)).toMatchObject({ main: "drifted", branch: "inStep" });
    const lists = command.sent.map(({ path }) => path).filter((path) => path.includes("/vpn/"));
    expect(lists.sort()).toEqual([
      "/network/v2.0/vpn/ikepolicies",
      "/network/v2.0/vpn/ipsec-site-connections",
    ]);
  });

  it("reads a stack once that is named twice", async () => {
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

  describe("of which one cannot be read", () => {
    const drifted = { main: "drifted", "main-ike": "inStep" };

    it("shows the others, and calls nothing unmanaged that it may hold", async () => {
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

    it("shows the others also where its state breaks the list of all", async () => {
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

    it("shows the others beside one that there is not", async () => {
      const report = await command.report({}, "--stack", "test", "--stack", "nope");

      expect(verdicts(report)).toEqual(drifted);
      expect(report.problems).toEqual([expect.stringMatching(/no stack nope.*second, test/)]);
    });
  });
});
