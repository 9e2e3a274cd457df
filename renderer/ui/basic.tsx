import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { visible } from '../../shared/base/visible.ts';

/** A button with words. `primary`: the one thing that Enter would do here. */
export function Button({ tone, ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { readonly tone?: 'primary' | 'quiet' | 'bad' }): ReactNode {
  return <button type="button" {...rest} className={`button ${tone ?? ''} ${rest.className ?? ''}`} />;
}

/** Text from evidence: characters that could deceive the eye are shown as marks. */
export function VisibleText({ text, mono = false }: { readonly text: string; readonly mono?: boolean }): ReactNode {
  const shown = visible(text);
  return mono ? <span className="mono" title={shown}>{shown}</span> : <span title={shown}>{shown}</span>;
}

const SEVERITY_WORDS = { high: 'High', medium: 'Medium', low: 'Low', info: 'Info' } as const;

/** A severity is always a word; the colour only repeats it. */
export function SeverityWord({ severity }: { readonly severity: keyof typeof SEVERITY_WORDS }): ReactNode {
  return <span className={`severity ${severity}`}>{SEVERITY_WORDS[severity]}</span>;
}

export function EmptyState({ title, children }: { readonly title: string; readonly children?: ReactNode }): ReactNode {
  return (
    <div className="empty-state">
      <p className="empty-title">{title}</p>
      {children}
    </div>
  );
}

/** Why something is not there. */
export function FailureLine({ message }: { readonly message: string }): ReactNode {
  return <p role="alert" className="failure-line">{visible(message)}</p>;
}

export function Badge({ children, tone }: { readonly children: ReactNode; readonly tone?: 'warn' | 'bad' | 'good' }): ReactNode {
  return <span className={`badge ${tone ?? ''}`}>{children}</span>;
}

/** Head of a screen: its name and what can be done there. */
export function ViewHead({ title, children }: { readonly title: string; readonly children?: ReactNode }): ReactNode {
  return (
    <header className="view-head">
      <h1 tabIndex={-1}>{title}</h1>
      {children}
    </header>
  );
}

const WHOLE = /\B(?=(\d{3})+(?!\d))/g;
/** 4 812 113: thin spaces, the same in every locale. */
export function count(n: number): string {
  return String(n).replace(WHOLE, '\u202f');
}

/** Bytes for people, with the unit; exact below 10 KB. */
export function byteSize(bytes: number): string {
  if (bytes < 10_000) return `${count(bytes)} bytes`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? ''}`;
}
