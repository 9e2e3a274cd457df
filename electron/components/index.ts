export type { ImageFacts, ImageIndex } from './facts.ts';
export { arrivalOf } from './arrival.ts';
export { entryAttribute } from './entry-text.ts';
export { applicationOf } from './assembly.ts';
export { joinComponents, type JoinInput } from './join.ts';
export { originOf, type Judgement } from './origin.ts';
export { attributeOf, changesAbout, loadStates, refOfRegistration, sectionName, type LoadState, type RawRegistration } from './registration.ts';
