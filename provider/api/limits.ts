/**
 * Limits of the certificates API. Each one is refused by the API itself when it is passed;
 * they stand here so that a mistake is found, or warned about, before a request is sent.
 */

/** Certificate ids in one activate or deactivate call. Source: OpenAI API reference, "Activate certificates": "up to 10". */
export const MAX_IDS_PER_CALL = 10;

/** Certificates on one page of a list. Source: OpenAI API reference, "List certificates": `limit` 1 to 100. */
export const MAX_PAGE_SIZE = 100;

/**
 * Pages that a list may have before it is taken for endless.
 * An organization holds at most 50 certificates (OpenAI mutual TLS guide), so one page is the rule.
 */
export const MAX_PAGES = 20;

/**
 * Validity, in seconds, that a certificate must have left to be activated.
 * Source: OpenAI API error `expired_certificate`: expired, or expires within one day.
 */
export const MIN_REMAINING_VALIDITY_SECONDS = 24 * 60 * 60;

/**
 * Certificates that an organization holds at most. Source: OpenAI mutual TLS guide. Only warned about: the API decides,
 * since the limit may be raised for an organization.
 */
export const MAX_CERTIFICATES = 50;

/** Size, in bytes, that a certificate's PEM text must stay below. Source: OpenAI mutual TLS guide: "under 16 kB". */
export const PEM_SIZE_LIMIT_BYTES = 16 * 1024;

/** Maximum size of a response, in bytes. 50 certificates with their PEM texts are below 1 MB. */
export const MAX_RESPONSE_BYTES = 4 * 1024 * 1024;

/** Most characters of an API's error message that are repeated to a person. */
export const MAX_MESSAGE_CHARACTERS = 500;
