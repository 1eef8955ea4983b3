import { createRequire } from "node:module";

import type * as Grpc from "@grpc/grpc-js";
import type * as AnyModule from "google-protobuf/google/protobuf/any_pb";
import type * as EmptyModule from "google-protobuf/google/protobuf/empty_pb";
import type * as StructModule from "google-protobuf/google/protobuf/struct_pb";

/** The dependencies of `@pulumi/pulumi`: its stubs need the same copies. */
const requireOfPulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));

export const grpc = requireOfPulumi("@grpc/grpc-js") as typeof Grpc;

export const { Any } = requireOfPulumi(
  "google-protobuf/google/protobuf/any_pb",
) as typeof AnyModule;

export const { Empty } = requireOfPulumi(
  "google-protobuf/google/protobuf/empty_pb",
) as typeof EmptyModule;

export const { Struct } = requireOfPulumi(
  "google-protobuf/google/protobuf/struct_pb",
) as typeof StructModule;

/** Values as a message. */
export type Struct = StructModule.Struct;
