/** How a slice writes its own part of the store. */
export type SetPart<S> = (part: Partial<S> | ((state: S) => Partial<S>)) => void;
