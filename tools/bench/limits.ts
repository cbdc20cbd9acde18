import type { Limit } from "./report/check";

/** Noise of a ratio of two wall times: the spread of an empty resource against itself on a shared machine of two cores. */
const RATIO_ROOM = 0.05;

/** Wall time, relative to the empty resource: an update without changes needs no request and hardly any code. */
export const NO_CHANGE_RATIO: Limit = { atMost: 1.05, room: RATIO_ROOM };

/** Wall time of every other operation, relative to the empty resource, without the latency of the calls. */
export const OPERATION_RATIO: Limit = { atMost: 1.1, room: RATIO_ROOM };

/** Milliseconds to load the package in a program that has loaded `@pulumi/pulumi`. */
export const PROGRAM_START_MS: Limit = { atMost: 20, room: 5 };

/** Milliseconds to load `./provider` in a provider process. */
export const PROVIDER_START_MS: Limit = { atMost: 40, room: 10 };
