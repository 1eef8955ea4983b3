import type { Cloud } from "../harness/cloud";
import { KINDS } from "../harness/kinds";
import type { TestStack } from "../harness/stack";

/** A stack of the program of the plugin's page, in any language on any cloud. */
export interface PageStage {
  readonly cloud: Cloud;
  readonly stack: TestStack;
  readonly psk: string;
}

/** The life of the page's objects; the stage exists from the test on, which may last `milliseconds`. */
export function pageProgramScenario(stage: () => PageStage, milliseconds?: number): void {
  it(
    "creates all objects, finds no change, and corrects the change of another client",
    async () => {
      const { cloud, stack, psk } = stage();
      expect((await stack.up()).text).toContain("5 created");
      expect(JSON.stringify(await stack.export())).not.toContain(psk);
      await stack.preview(["--expect-no-changes"]);
      const [office] = (await cloud.objects()).IpsecSiteConnection!;
      const path = `${KINDS.IpsecSiteConnection.path}/${office!.id}`;
      await cloud.api.put(path, { ipsec_site_connection: { description: "by hand" } });
      await stack.up(["--refresh"]);
      expect(await cloud.api.get(path)).toMatchObject({ description: "to the office" });
      await stack.destroy();
      expect(await cloud.objects()).toEqual({});
    },
    milliseconds,
  );
}
