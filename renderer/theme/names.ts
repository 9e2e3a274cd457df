/** The sets of values in tokens.css; `system` picks one of them by what the system prefers. */
export type ThemeName = 'system' | 'dark' | 'light' | 'contrast';
export type DensityName = 'dense' | 'comfortable';

/** Height of a list row in CSS pixels; the same number stands in tokens.css as `--row`. */
export const ROW_HEIGHT: Readonly<Record<DensityName, number>> = { dense: 22, comfortable: 28 };
