/** The engine's placeholder for a value that is unknown during a preview, in `check` and `diff`. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
