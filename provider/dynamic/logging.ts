import { withMessages } from "../shared/log";
import type { Provider } from "./protocol";

/** A provider that sends what an operation logs at the end of that operation. */
export function logging(provider: Provider): Provider {
  return {
    configure: (request) => provider.configure(request),
    check: (olds, news) => withMessages(() => provider.check(olds, news)),
    diff: (id, olds, news) => withMessages(() => provider.diff(id, olds, news)),
    create: (inputs) => withMessages(() => provider.create(inputs)),
    read: (id, properties) => withMessages(() => provider.read(id, properties)),
    update: (id, olds, news) => withMessages(() => provider.update(id, olds, news)),
    delete: (id, properties) => withMessages(() => provider.delete(id, properties)),
  };
}
