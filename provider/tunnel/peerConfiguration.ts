import { escapeControlCharacters } from "../controlCharacters";
import { VpnaasError } from "../errors";
import { cloudResourceType } from "../schema/resourceType";
import { Draft, type KeyDisplay } from "./draft";
import { formats, type FormatName } from "./formats";
import type { Format } from "./formats/format";
import { networkWarnings } from "./networkWarnings";
import { pskFingerprint } from "./pskFingerprint";
import { mirror, type TunnelView } from "./tunnelView";

export type { KeyDisplay } from "./draft";

/** The configuration of the peer of a connection. */
export interface PeerConfiguration {
  /** The text, with its key unless the caller left it out. */
  readonly text: string;
  /** Changed or weak values: whole sentences, which the head of the text repeats. */
  readonly notes: readonly string[];
  /** See {@link pskFingerprint}; undefined if the key is unknown. */
  readonly pskFingerprint: string | undefined;
}

/** The name by which a text states its origin, so that a later one may replace it. */
export const AUTHOR = "pulumi-vpnaas peer";

/** A format cannot express a tunnel; the message names each property, its value and an alternative. */
export class PeerFormatError extends VpnaasError {
  protected static override readonly hasLines = true;
}

/**
 * The configuration of the other end of `view`, which is the cloud's. Equal arguments give equal bytes.
 * `peerInterface` is the name of the device's interface towards the cloud; some formats need it.
 * @throws PeerFormatError
 */
export function peerConfigurationOf(
  view: TunnelView,
  name: FormatName,
  display: KeyDisplay = "plain",
  peerInterface?: string,
): PeerConfiguration {
  assertPrintable(view);
  const format: Format = formats[name];
  const draft = new Draft(mirror(view), format.title, display, peerInterface);
  if (view.local.networks.length === 0) draft.lack("networks", "a network of the cloud");
  if (view.remote.networks.length === 0) draft.lack("peerCidrs", "a network of the peer");
  const lines = format.render(draft);
  if (draft.refusals.length > 0) {
    throw new PeerFormatError(
      [`There is no text for the peer of ${view.name}:`, ...draft.refusals].join("\n"),
    );
  }
  const notes = [...draft.notes, ...networkWarnings(view), ...weaknesses(view)];
  const fingerprint = view.psk === undefined ? undefined : pskFingerprint(view.psk);
  const head = [
    `Written by ${AUTHOR}: the other end of the connection ${view.name}, for ${format.title}.`,
    format.trial,
    ...(fingerprint === undefined ? [] : [`psk fingerprint ${fingerprint}`]),
    ...notes.map((note) => `Note: ${note}`),
  ];
  const { comment } = format;
  const comments = comment === undefined ? [] : head.map((line) => `${comment} ${line}`);
  return {
    text: [...comments, ...lines].map((line) => `${line}\n`).join(""),
    notes,
    pskFingerprint: fingerprint,
  };
}

/**
 * A line end in a value of the cloud could begin a line of its own in the text. Every format encodes
 * or refuses such a key.
 */
function assertPrintable({ psk: _psk, ...values }: TunnelView): void {
  if (stringsIn(values).every((one) => escapeControlCharacters(one) === one)) return;
  throw new PeerFormatError(
    `There is no text for the peer of ${escapeControlCharacters(values.name)}: a value of it contains a control character.`,
  );
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** The deprecation messages of schema.json for the values in use. */
function weaknesses({ ike, ipsec }: TunnelView): string[] {
  const used = [
    ["IkePolicy", "ikePolicy", "encryptionAlgorithm", ike.encryption],
    ["IkePolicy", "ikePolicy", "authAlgorithm", ike.integrity],
    ["IkePolicy", "ikePolicy", "pfs", ike.group],
    ["IkePolicy", "ikePolicy", "phase1NegotiationMode", ike.mode],
    ["IpsecPolicy", "ipsecPolicy", "encryptionAlgorithm", ipsec.encryption],
    ["IpsecPolicy", "ipsecPolicy", "authAlgorithm", ipsec.integrity],
    ["IpsecPolicy", "ipsecPolicy", "pfs", ipsec.group],
  ] as const;
  return used.flatMap(([kind, part, name, value]) => {
    const { deprecated } = cloudResourceType(kind).fields.find((field) => field.name === name)!;
    return Object.hasOwn(deprecated, value)
      ? [`${part}.${name} ${value}: ${deprecated[value]!}`]
      : [];
  });
}
