/** The characters of all ids observed so far; any other character is a mistake, in programs and in responses. */
export const ID = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;
