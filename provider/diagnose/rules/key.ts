import { pskFingerprint } from "../../tunnel/pskFingerprint";
import { agreement, type Finding } from "../finding";
import type { PeerRule } from "./rule";

/** Both ends have the same pre-shared key. The findings contain fingerprints only. */
export const keysMatch: PeerRule = ({ cloud, peer, nextPsk }) => {
  if (peer.psk === undefined || cloud.psk === undefined) {
    const [end, next] =
      cloud.psk === undefined ? ["The cloud", ""] : ["The peer's configuration", ` ${ADD_SECRETS}`];
    return [
      {
        verdict: "open",
        property: "psk",
        text: `${end} shows no key, so the keys were not compared.${next}`,
      },
    ];
  }
  if (peer.psk === cloud.psk) return [agreement("psk", "the same (compared, not shown)")];
  const finding: Finding = {
    verdict: "problem",
    property: "psk",
    cloud: `fingerprint ${pskFingerprint(cloud.psk)}`,
    peer: `fingerprint ${pskFingerprint(peer.psk)}`,
    ...(peer.psk === nextPsk ? ROTATION : effectOf(cloud.psk, peer.psk)),
  };
  return [finding];
};

const ROTATION = {
  text: "The peer has the next key of the PreSharedKey already, so authentication fails at the next connect until the cloud has it too.",
  cure: "Count generation up and run `pulumi up`.",
};

function effectOf(cloud: string, peer: string) {
  const text =
    cloud.trim() === peer.trim()
      ? "The keys differ in whitespace at an end, so authentication fails."
      : "The keys differ, so authentication fails at the next connect; a tunnel that is ACTIVE now stays so until then.";
  return { text, cure: "Set the same key at both ends, at the peer first." };
}

const ADD_SECRETS = "Give the file with the key as well, such as ipsec.secrets.";
