/** Asks once per question: components that came with one change ask the same. */
export function remembered<Q, A>(ask: (query: Q) => Promise<A>): (query: Q) => Promise<A> {
  const answers = new Map<string, Promise<A>>();
  return (query) => {
    const key = JSON.stringify(query);
    const known = answers.get(key) ?? ask(query);
    answers.set(key, known);
    return known;
  };
}
