import { ApiError } from "./apiError";
import { ROUTES } from "./endpoint";
import type { Route } from "./endpoint";

/** The error for a request that no endpoint takes: its path is unknown, or only known with other methods. */
export function unknownRequest(method: string, url: string): ApiError {
  const [path = ""] = url.split("?");
  // As in OpenAPI, a path without parameters takes precedence: `activate` is not the id of a certificate.
  const pattern = ROUTES.map((route) => route.url).find((each) => each === path) ?? patternOf(path);
  if (pattern === undefined)
    return new ApiError(404, "unknown_url", `Unknown request URL: ${method} ${url}.`);
  const headers = { allow: methodsOf(pattern).join(", ") };
  return new ApiError(405, null, `Not allowed to ${method} on ${path}.`, null, headers);
}

/** The methods that a path takes. */
export function methodsOf(pattern: string): readonly Route["method"][] {
  return ROUTES.filter(({ url }) => url === pattern).map(({ method }) => method);
}

/** The pattern with the segments of a path. Those with a colon stand for any segment. */
function patternOf(path: string): string | undefined {
  const segments = path.split("/");
  return ROUTES.map(({ url }) => url).find((url) => {
    const parts = url.split("/");
    return (
      parts.length === segments.length &&
      parts.every(
        (part, index) => part === segments[index] || (part.startsWith(":") && segments[index] !== ""),
      )
    );
  });
}
