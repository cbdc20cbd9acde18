import { ApiError } from "../../../provider/api/errors/apiError";
import { UserError } from "../../../provider/shared/userError";
import type { ReadingApi } from "./api";

/** The PEM texts that were read, each at most once, and the failures of those that could not be. */
export class Contents {
  readonly known = new Map<string, string>();
  /** Messages by id. */
  readonly failures = new Map<string, string>();
  private isUnavailable = false;

  constructor(private readonly api: Pick<ReadingApi, "content">) {}

  /** @returns undefined when the text cannot be read. Once the API is unavailable, no other one is tried. */
  async read(id: string): Promise<string | undefined> {
    const known = this.known.get(id);
    if (known !== undefined || this.isUnavailable || this.failures.has(id)) return known;
    try {
      const pem = await this.api.content(id);
      this.known.set(id, pem);
      return pem;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.failures.set(id, error.message);
      this.isUnavailable = error instanceof ApiError && error.failure.kind === "unavailable";
      return undefined;
    }
  }
}
