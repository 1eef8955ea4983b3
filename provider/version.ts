import packageSchema from "../schema.json";

/** Sent with every request, so that a cloud's operator can tell who asked. */
export const userAgent = `pulumi-vpnaas/${packageSchema.version}`;
