/** Ids by a text that several of them can have in common. */
export class IdIndex {
  private readonly ids = new Map<string, Set<string>>();

  add(text: string, id: string): void {
    const known = this.ids.get(text) ?? new Set();
    this.ids.set(text, known.add(id));
  }

  remove(text: string, id: string): void {
    const known = this.ids.get(text);
    known?.delete(id);
    if (known?.size === 0) {
      this.ids.delete(text);
    }
  }

  get(text: string): string[] {
    return [...(this.ids.get(text) ?? [])];
  }
}
