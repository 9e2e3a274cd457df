/** Bounds of the report: evidence may be made to have a hundred thousand of anything. What is left out is said where it would stand. */

/** Findings that the report names, by severity. Those on which the analyst decided come on top. */
export const MAX_FINDINGS = { high: 1000, medium: 1000, low: 500, info: 200 } as const;
export const MAX_DECIDED = 2000;
/** Rows of the table of components, and components whose facts are written out. */
export const MAX_COMPONENTS = 2000;
export const MAX_DETAILS = 200;
/** Registrations, sources, sites and the like of one component or finding. */
export const MAX_EACH = 20;
export const MAX_MISSING = 500;
export const MAX_PROBLEM_GROUPS = 200;
export const MAX_LOGS = 1000;
export const MAX_STRETCHES = 300;
export const MAX_CHANGES = 500;
export const MAX_JOURNAL = 1000;
export const MAX_NOTES = 5000;

/** Characters of a value of the evidence, and of a sentence that may quote some. */
export const MAX_VALUE = 300;
export const MAX_SENTENCE = 1200;
