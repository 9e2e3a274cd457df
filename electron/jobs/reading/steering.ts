/** A range of time in ticks, both ends within it. */
export interface TickRange { readonly from: bigint; readonly to: bigint }

/** How the analyst steers a reading while it runs. */
export class Steering {
  #paused = false;
  #front: TickRange | null = null;
  readonly #heard = new Set<() => void>();

  get paused(): boolean {
    return this.#paused;
  }

  /** The range that is read before all others, or null. */
  get front(): TickRange | null {
    return this.#front;
  }

  pause(paused: boolean): void {
    if (paused === this.#paused) return;
    this.#paused = paused;
    this.#tell();
  }

  moveToFront(range: TickRange | null): void {
    this.#front = range;
    this.#tell();
  }

  /** Called on every change, until the returned function is called. */
  onChange(heard: () => void): () => void {
    this.#heard.add(heard);
    return () => void this.#heard.delete(heard);
  }

  /** Resolves when the reading may go on; also when `signal` fires, so that a paused reading can be cancelled. */
  async held(signal: AbortSignal): Promise<void> {
    while (this.#paused && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const go = (): void => {
          stop();
          signal.removeEventListener('abort', go);
          resolve();
        };
        const stop = this.onChange(go);
        signal.addEventListener('abort', go, { once: true });
      });
    }
  }

  #tell(): void {
    for (const heard of this.#heard) heard();
  }
}
