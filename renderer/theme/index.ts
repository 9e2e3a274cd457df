import './tokens.css';
import './base.css';
import type { DensityName, ThemeName } from './names.ts';

/** Writes theme and density on the root element, where tokens.css reads them. @returns a function that stops following the system. */
export function applyTheme(theme: ThemeName, density: DensityName): () => void {
  const root = document.documentElement;
  root.dataset['density'] = density;
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const contrast = window.matchMedia('(prefers-contrast: more)');
  const write = (): void => {
    const system = contrast.matches ? 'contrast' : dark.matches ? 'dark' : 'light';
    root.dataset['theme'] = theme === 'system' ? system : theme;
  };
  write();
  dark.addEventListener('change', write);
  contrast.addEventListener('change', write);
  return () => {
    dark.removeEventListener('change', write);
    contrast.removeEventListener('change', write);
  };
}
