/** The PEM texts that this process has read. Entries never expire: the certificate of an id does not change. */
export class ContentCache {
  private readonly known = new Map<string, string>();
  private readonly pending = new Map<string, Promise<string>>();

  /**
   * Reads a PEM text once.
   * @param joins whether to wait for a pending read of the same id, however long it takes.
   */
  async read(id: string, joins: boolean, fetch: () => Promise<string>): Promise<string> {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    if (!joins) return this.readAndCache(id, fetch());
    const reading = this.pending.get(id) ?? this.readAndCache(id, fetch());
    this.pending.set(id, reading);
    try {
      return await reading;
    } finally {
      this.pending.delete(id);
    }
  }

  private async readAndCache(id: string, reading: Promise<string>): Promise<string> {
    const content = await reading;
    this.known.set(id, content);
    return content;
  }
}
