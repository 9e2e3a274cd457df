/** One after the other: whoever takes a turn waits until those before have given theirs back. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** @returns the function that ends the turn; calling it twice does no harm. */
  async take(): Promise<() => void> {
    const before = this.#last;
    let release: () => void = () => undefined;
    this.#last = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  }
}
