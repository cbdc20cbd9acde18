const RUN_OF_WORDS = /[A-Za-z0-9\s]+/g;
const BEGIN_OR_END = /\b(?:BEGIN|END)\s/i;
const PRIVATE_KEY = /PRIVATE\s+KEY/i;

/**
 * Whether a text has any trace of a private key in PEM, also of one that is damaged: BEGIN or END, then PRIVATE KEY, with
 * nothing but words between. Takes time proportional to the text's length.
 */
export function holdsPrivateKey(text: string): boolean {
  return (text.match(RUN_OF_WORDS) ?? []).some((words) => {
    const start = words.search(BEGIN_OR_END);
    return start >= 0 && PRIVATE_KEY.test(words.slice(start));
  });
}
