const REDACTED = "[redacted]";

/** A hyphen and an underscore as URLs and web pages write them, encoded once or several times. */
const HYPHEN = /%(?:25)*2[Dd]|&(?:amp;)*#(?:0*45|[Xx]0*2[Dd]);/g;
const UNDERSCORE = /%(?:25)*5[Ff]|&(?:amp;)*#(?:0*95|[Xx]0*5[Ff]);/g;

/**
 * Text that may hold a key of the API: `sk-`, which is always in lower case, and what follows it without a break. A key
 * may be encoded. `isKey` distinguishes keys from names such as `sk-bratislava-gateway-2027`.
 */
const CANDIDATE = new RegExp(
  `(?<![A-Za-z0-9])sk(?:-|${HYPHEN.source})(?:[\\w-]|${HYPHEN.source}|${UNDERSCORE.source})+`,
  "g",
);

/** The prefixes of keys, with the kind of key. */
const KEY_KIND = /^sk-(?:(proj|admin|svcacct|None)-)?/;

/** A private key in PEM, whole or cut. */
const PRIVATE_KEY =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:(?!-----END).)*(?:-----END [A-Z ]*PRIVATE KEY-----)?/gs;

/** Shortest text after the prefix, in characters, that is a key. Real ones have 40 or more. */
const MIN_KEY_CHARACTERS = 16;

/** Number of characters of a known key, after its prefix, from which it is redacted. */
const MIN_KNOWN_CHARACTERS = 4;

/** Shortest beginning of a known key, in characters, that is looked for. */
const SHORTEST_PART = 8;

/** Shortest other part of a known key, in characters, that is looked for: what follows a break, for example. */
const SHORTEST_INNER_PART = 12;

/** Whether a text holds what looks like a secret. */
export function holdsSecret(text: string): boolean {
  return redactSecrets(text) !== text;
}

/** The text without any key of the API or private key. */
export function redactSecrets(text: string): string {
  return text
    .replaceAll(PRIVATE_KEY, REDACTED)
    .replaceAll(CANDIDATE, (candidate) => (isKey(candidate) ? REDACTED : candidate));
}

/** Redacts a known secret, and every part of it that can be recognized. */
export function redactKnown(text: string, known: string): string {
  return [...new Set([known, encodeURIComponent(known)])].reduce(withoutParts, text);
}

function withoutParts(text: string, secret: string): string {
  return withoutInnerParts(withoutBeginnings(text, secret), secret);
}

/** White space or an encoded character may have broken a secret, so that its parts stand apart. */
function withoutInnerParts(text: string, secret: string): string {
  const body = secret.replace(KEY_KIND, "");
  const parts = new Set<string>();
  for (let start = 0; start + SHORTEST_INNER_PART <= body.length; start += 1)
    parts.add(body.slice(start, start + SHORTEST_INNER_PART));

  let result = "";
  let kept = 0;
  for (let start = 0; start < text.length; start += 1) {
    if (!parts.has(text.slice(start, start + SHORTEST_INNER_PART))) continue;
    let end = start + SHORTEST_INNER_PART;
    while (parts.has(text.slice(end + 1 - SHORTEST_INNER_PART, end + 1))) end += 1;
    result += text.slice(kept, start) + REDACTED;
    kept = end;
    start = end - 1;
  }
  return result + text.slice(kept);
}

function withoutBeginnings(text: string, secret: string): string {
  const prefix = KEY_KIND.exec(secret)?.[0].length ?? 0;
  const shortest = secret.slice(0, Math.max(prefix + MIN_KNOWN_CHARACTERS, SHORTEST_PART));
  const [first = "", ...others] = text.split(shortest);
  const rest = secret.slice(shortest.length);
  return [first, ...others.map((part) => part.slice(sharedLength(part, rest)))].join(REDACTED);
}

/** How many characters two texts have in common at their beginning. */
function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/**
 * Whether a candidate is a key: keys are random, and names are words and numbers. After a prefix with a kind of
 * key, one random word is enough. A plain `sk-` may also start a name, so it needs more.
 */
function isKey(candidate: string): boolean {
  const text = candidate.replaceAll(HYPHEN, "-").replaceAll(UNDERSCORE, "_");
  const [prefix = "", kind] = KEY_KIND.exec(text) ?? [];
  const body = text.slice(prefix.length);
  const words = body.split(/[-_]+/);
  if (kind !== undefined && words.some((word) => word.length >= 6 && isMixed(word))) return true;
  if (body.length < MIN_KEY_CHARACTERS) return false;
  if (words.some((word) => word.length >= MIN_KEY_CHARACTERS && isRandom(word))) return true;
  const mixes = words.filter((word) => word.length >= 8).map(countMixes);
  return mixes.reduce((sum, count) => sum + count, 0) >= 2;
}

/** Whether a word has letters and digits, and is not a word with a number, such as `gateway2027` or `3rd`. */
function isMixed(word: string): boolean {
  return /\d/.test(word) && /[A-Za-z]/.test(word) && !/^(?:[A-Za-z]+\d{1,4}|\d{1,4}[A-Za-z]+)$/.test(word);
}

/** Whether a long word is neither an ordinary word nor several in camel case, which have more letters each. */
function isRandom(word: string): boolean {
  const pieces = word.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g)?.length ?? 0;
  return countMixes(word) > 0 || word.length < 3.5 * pieces;
}

/** How often a word changes between letters and digits, or between upper and lower case, as ordinary words do not. */
function countMixes(word: string): number {
  return word.match(/[A-Za-z]\d+(?=[A-Za-z])|[a-z][A-Z][a-z](?=[A-Z])/g)?.length ?? 0;
}
