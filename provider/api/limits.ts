import { SECONDS_A_DAY } from "../shared/unixTime";

/**
 * Limits of the certificates API. The API rejects what exceeds them. The provider knows them so that it can report a
 * mistake before it sends a request.
 */

/** Maximum ids in one activate or deactivate call. Source: OpenAI API reference, "Activate certificates": "up to 10". */
export const MAX_IDS_PER_CALL = 10;

/** Maximum certificates on one page of a list. Source: OpenAI API reference, "List certificates": `limit` 1 to 100. */
export const MAX_PAGE_SIZE = 100;

/**
 * Maximum pages of a list. A list with more is treated as endless.
 * An organization holds at most 50 certificates (OpenAI mutual TLS guide), so a list normally has one page.
 */
export const MAX_PAGES = 20;

/**
 * Minimum remaining validity, in seconds, of a certificate that is activated.
 * Source: OpenAI API error `expired_certificate`: expired, or expires within one day.
 */
export const MIN_REMAINING_VALIDITY_SECONDS = SECONDS_A_DAY;

/**
 * Maximum certificates of an organization. Source: OpenAI mutual TLS guide. The provider only warns and lets the API
 * decide, because the limit may be higher for an organization.
 */
export const MAX_CERTIFICATES = 50;

/** Size, in bytes, that the PEM text of a certificate must not reach. Source: OpenAI mutual TLS guide: "under 16 kB". */
export const PEM_SIZE_LIMIT_BYTES = 16 * 1024;

/** Maximum size of a response, in bytes. 50 certificates with their PEM texts are below 1 MB. */
export const MAX_RESPONSE_BYTES = 4 * 1024 * 1024;

/**
 * Most attempts that end with 408, 409, a web page, or a host that cannot be resolved: the official clients send a request
 * at most three times. A rate limit (429) is waited for as long as it may last.
 */
export const FEW_ATTEMPTS = 3;
