export const THEMES = ['system', 'dark', 'light', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];
export const THEME_WORDS: Readonly<Record<Theme, string>> = { system: 'As the system', dark: 'Dark', light: 'Light', contrast: 'High contrast' };

export const DENSITIES = ['dense', 'comfortable'] as const;
export type Density = (typeof DENSITIES)[number];
export const DENSITY_WORDS: Readonly<Record<Density, string>> = { dense: 'Dense (22 px rows)', comfortable: 'Comfortable (28 px rows)' };
