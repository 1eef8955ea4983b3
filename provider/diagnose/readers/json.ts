import { isPlainObject } from "../../schema/equality";
import type { TunnelView } from "../../tunnel/tunnelView";
import { settingsOf } from "../peerSettings";
import { PeerFileError } from "./peerFileError";
import type { Reader } from "./reader";

/** The view of the peer's end, as `peer --format json` writes it. */
export const json: Reader = {
  title: "json",
  recognizes: (text) => text.trimStart().startsWith("{") || text.trimStart().startsWith("["),
  read: (text) => {
    const view = parsed(text);
    if (!isView(view)) throw new PeerFileError("it is not the view of a peer's end");
    const { psk, ...settings } = settingsOf(view);
    return {
      connections: [settings],
      keys: psk === undefined ? [] : [{ ids: [], psk }],
    };
  },
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The message of JSON.parse quotes the text.
    throw new PeerFileError("it is not valid JSON");
  }
}

function isView(value: unknown): value is TunnelView {
  if (!isPlainObject(value)) return false;
  const { local, remote, ike, ipsec, psk } = value;
  const areEnds = [local, remote].every(
    (one) =>
      isPlainObject(one) &&
      isPlainObject(one["identity"]) &&
      ["address", "name", "email", "keyId"].includes(String(one["identity"]["type"])) &&
      typeof one["identity"]["value"] === "string" &&
      Array.isArray(one["networks"]) &&
      one["networks"].every((network) => typeof network === "string") &&
      (one["address"] === undefined || typeof one["address"] === "string"),
  );
  const arePhases = [ike, ipsec].every(
    (one) =>
      isPlainObject(one) &&
      ["encryption", "integrity", "group"].every((key) => typeof one[key] === "string"),
  );
  return areEnds && arePhases && (psk === undefined || typeof psk === "string");
}
