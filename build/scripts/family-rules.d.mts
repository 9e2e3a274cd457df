/** The text of electron/knowledge/families/families.yar. */
export function familyRules(): string;
