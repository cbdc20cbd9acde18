/** The ids `cert_01`, `cert_02` and so on, from the first number to the last. */
export function ids(first: number, last: number): string[] {
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return numbers.map((number) => `cert_${String(number).padStart(2, "0")}`);
}
