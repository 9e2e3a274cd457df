/** The name under which the one piece of evidence of a case is kept; a case with several would number them. */
export const EVIDENCE_ID = 'e1';
