import { api, login } from "../harness/api";
import { drawCases } from "./lanes";
import { Requests, type CaseResult } from "./requests";
import { makeWorld } from "./world";

/** A cloud that contains its fixture alone. */
interface Place {
  readonly endpoint: string;
  readonly identityUrl: string;
  readonly fixture: Parameters<typeof makeWorld>[1];
}

/** The result of each case of a campaign in one cloud; undefined for a case without a request. */
export type CaseResults = readonly (CaseResult | undefined)[];

/**
 * Sends the cases of a seed to a cloud: all lanes at the same time, in each lane one case after
 * another. A lane without a world in a cloud (IPv6 in a simulator) has undefined results. The same
 * total and seed give the same cases in the same order for every cloud.
 */
export async function sendAll(place: Place, total: number, seed: number): Promise<CaseResults> {
  const cloud = api(place.endpoint, () => login(place.identityUrl));
  const world = await makeWorld(cloud, place.fixture);
  const lanes = [...drawCases(total, seed)].map(async ([lane, cases]) => {
    const lacks = lane.target["vpnServiceId"] === "{service6}" && !("service6" in world);
    if (lacks) return cases.map(() => undefined);
    const requests = await Requests.begin(cloud, world, lane);
    const results: (CaseResult | undefined)[] = [];
    for (const one of cases) results.push(await requests.send(one));
    return results;
  });
  return (await Promise.all(lanes)).flat();
}
