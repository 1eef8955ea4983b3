import { api, login } from "../harness/api";
import { drawCases } from "./lanes";
import { Requests, type Sighting } from "./requests";
import { makeWorld } from "./world";

/** A cloud with its fixture and nothing else in it. */
interface Place {
  readonly endpoint: string;
  readonly identityUrl: string;
  readonly fixture: Parameters<typeof makeWorld>[1];
}

/** What each case of a campaign came to in one cloud; undefined where it had nothing to send. */
export type Sightings = readonly (Sighting | undefined)[];

/**
 * Sends the cases of a seed to a cloud: lane by lane at the same time, in each lane one after
 * another. What a cloud has no world for (a simulator, IPv6) is undefined throughout. The same total
 * and seed give the same cases in the same order, whatever the cloud.
 */
export async function sendAll(place: Place, total: number, seed: number): Promise<Sightings> {
  const cloud = api(place.endpoint, () => login(place.identityUrl));
  const world = await makeWorld(cloud, place.fixture);
  const lanes = [...drawCases(total, seed)].map(async ([lane, cases]) => {
    const lacks = lane.target["vpnServiceId"] === "{service6}" && !("service6" in world);
    if (lacks) return cases.map(() => undefined);
    const requests = await Requests.begin(cloud, world, lane);
    const sightings: (Sighting | undefined)[] = [];
    for (const one of cases) sightings.push(await requests.send(one));
    return sightings;
  });
  return (await Promise.all(lanes)).flat();
}
