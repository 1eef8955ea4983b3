import { login } from "../harness/api";
import { loginOf, type Cloud } from "../harness/cloud";
import type { ConnectionStack, ConnectionStage } from "../harness/connections";

/** Valid logins, and logins whose 404 does not prove a deletion. */
export function loginScenarios(stage: ConnectionStage): void {
  let cloud: Cloud;
  let program: ConnectionStack;
  beforeAll(() => {
    ({ cloud, program } = stage);
  });

  describe("that cannot see the connections of a stack", () => {
    let before: unknown;
    beforeAll(async () => {
      program.declare({ office: {} });
      await program.stack.up();
      before = await program.state();
    });
    afterAll(() => stage.leave());

    describe.each([
      ["a reader's login", (at: Cloud) => loginOf(at, "lab-reader"), /role `member`/],
      [
        "another project's login",
        (at: Cloud) => loginOf(at, "lab-other-user"),
        /belongs to project/,
      ],
      [
        "a wrong endpoint",
        (at: Cloud) => ({
          ...loginOf(at),
          OS_NETWORK_ENDPOINT_OVERRIDE: `${at.endpoint}/elsewhere`,
        }),
        /was created at .*, and the request went to .*\/elsewhere/,
      ],
    ])("with %s", (_title, environment, reason) => {
      it.each(["refresh", "destroy"] as const)(
        "%s fails and keeps the state",
        async (operation) => {
          program.stack.setEnv(environment(cloud));

          const failed = await program.stack[operation]([], { expect: "failure" });

          expect(failed.text).toMatch(reason);
          expect(await program.state()).toEqual(before);
          expect(await program.inCloud()).toHaveLength(1);
        },
      );
    });
  });

  describe("of other sources", () => {
    afterEach(() => stage.leave());

    it("up logs in with the stack configuration instead of the environment", async () => {
      const { OS_PASSWORD: password, ...rest } = loginOf(cloud);
      await program.stack.run([
        "config",
        "set-all",
        "--stack",
        "test",
        ...["authUrl", "username", "projectName", "userDomainName", "projectDomainName"].flatMap(
          (key) => ["--plaintext", `vpnaas:${key}=${rest[variableOf(key)]!}`],
        ),
        "--secret",
        `vpnaas:password=${password!}`,
      ]);
      program.stack.setEnv({});
      program.declare({ office: {} });

      const { text } = await program.stack.up();
      await program.stack.destroy();

      expect(text + program.stack.stateText()).not.toContain(password);
    });

    it("up logs in with a token that has neither a catalog nor a project", async () => {
      program.stack.setEnv({
        OS_TOKEN: await login(cloud.identityUrl),
        OS_NETWORK_ENDPOINT_OVERRIDE: cloud.endpoint,
      });
      program.declare({ office: {} });

      await program.stack.up();
      await program.stack.refresh(["--expect-no-changes"]);
      await program.stack.destroy();

      expect(await program.inCloud()).toHaveLength(0);
    });
  });
}

function variableOf(key: string): string {
  return `OS_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
