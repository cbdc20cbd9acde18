import { Declarations } from "../../../provider/run/declarations";
import type { ScopeFacts } from "../../../provider/run/facts";

/** What the provider processes of one run declare in a scope. They tell each other everything. */
export function declarationsOfProcesses(count: number): readonly [Declarations, ...Declarations[]] {
  const facts: (() => ScopeFacts)[] = [];
  const start = (process: number): Declarations => {
    const exchange = {
      addScope: (own: () => Omit<ScopeFacts, "scope">) => {
        facts[process] = () => ({ scope: [], ...own() });
      },
      othersIn: async () => ({
        scopes: facts.flatMap((own, index) => (index === process ? [] : [own()])),
      }),
    };
    return new Declarations(exchange, () => [], "");
  };
  return [start(0), ...Array.from({ length: count - 1 }, (_, index) => start(index + 1))];
}
