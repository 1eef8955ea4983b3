import packageSchema from "../schema.json";

/** The version of this package. */
export const { version } = packageSchema;

/** Sent with every request, so that a cloud's operator can identify the client. */
export const userAgent = `pulumi-vpnaas/${version}`;
