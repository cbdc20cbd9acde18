/** The PEM texts that this process has read. They never expire: the certificate behind an id does not change. */
export class ContentCache {
  private readonly known = new Map<string, string>();
  private readonly pending = new Map<string, Promise<string>>();

  /**
   * Reads a content once.
   * @param joins whether to wait for a read of the same id that is under way, however long it takes.
   */
  async read(id: string, joins: boolean, fetch: () => Promise<string>): Promise<string> {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    if (!joins) return this.remember(id, fetch());
    const reading = this.pending.get(id) ?? this.remember(id, fetch());
    this.pending.set(id, reading);
    try {
      return await reading;
    } finally {
      this.pending.delete(id);
    }
  }

  private async remember(id: string, reading: Promise<string>): Promise<string> {
    const content = await reading;
    this.known.set(id, content);
    return content;
  }
}
