import type { ServiceError } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";

import { PartialFailureError, VpnaasError } from "../../errors";
import { Any, grpc } from "./grpc";
import { toStruct } from "./values";

const { Metadata, status } = grpc;

/** The gRPC error of any thrown value. The properties of a partial failure have their marks. */
export function serviceErrorOf(error: unknown): ServiceError {
  const message = VpnaasError.isInstance(error) ? error.message : unexpected(error);
  const metadata = new Metadata();
  if (PartialFailureError.isInstance(error)) {
    metadata.set("grpc-status-details-bin", detailsOf(error));
  }
  return Object.assign(new Error(message), { code: status.UNKNOWN, details: message, metadata });
}

/** The record of an object whose operation failed after it was created or changed. */
function detailsOf(error: PartialFailureError): Buffer {
  const failed = new ErrorResourceInitFailed()
    .setId(error.id)
    .setProperties(toStruct(error.properties))
    .setReasonsList([...error.reasons]);
  const packed = new Any();
  packed.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const details = new Status()
    .setCode(status.UNKNOWN)
    .setMessage(error.message)
    .setDetailsList([packed]);
  return Buffer.from(details.serializeBinary());
}

/** A defect of this package; its message may repeat a value, so only its origin is shown. */
function unexpected(error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error;
  const frame =
    error instanceof Error ? /\n\s+at ([^\n]+)/.exec(error.stack ?? "")?.[1] : undefined;
  return `The operation failed because of a defect of pulumi-vpnaas (${name}${frame === undefined ? "" : ` at ${frame}`}). Please report it.`;
}
