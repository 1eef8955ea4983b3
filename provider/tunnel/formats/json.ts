import type { Format } from "./format";

/** The view of the peer's end, for programs. */
export const json: Format = {
  title: "json",
  comment: undefined,
  trial: "For programs, not for a device.",
  render: (draft) => {
    const { psk: _psk, ...end } = draft.end;
    const psk = draft.key((key) => key);
    return JSON.stringify(
      { writtenBy: "pulumi-vpnaas peer", ...end, ...(psk !== undefined && { psk }) },
      undefined,
      2,
    ).split("\n");
  },
};
