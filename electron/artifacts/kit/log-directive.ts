import { bytesAsText } from '../../../shared/base/bytes-as-text.ts';
import { MAX_FIELDS } from './log-lines.ts';
import { escapeControls } from './log-values.ts';

/** A directive line (W3C Extended Log File Format, "Directives"). */
export type Directive =
  | { readonly kind: 'fields'; readonly names: readonly string[] }
  | { readonly kind: 'too-many-fields' }
  | { readonly kind: 'date'; readonly day: string }
  | { readonly kind: 'other' };

/** @param line the bytes of a line that starts with `#`, without its end */
export function parseDirective(line: Uint8Array): Directive {
  const text = bytesAsText(line);
  const m = /^#([A-Za-z-]+):\s*(.*)$/s.exec(text);
  const name = (m?.[1] ?? '').toLowerCase();
  const value = m?.[2] ?? '';
  if (name === 'fields') {
    // A control character in a name would end it where names are kept together, and move all values behind it.
    const names = value.split(/[ \t\r]+/).filter((n) => n !== '').map(escapeControls);
    return names.length > MAX_FIELDS ? { kind: 'too-many-fields' } : { kind: 'fields', names };
  }
  if (name === 'date' || name === 'start-date') {
    const day = /^(\d{4}-\d\d-\d\d)(?:[ T]|$)/.exec(value);
    if (day?.[1] !== undefined) return { kind: 'date', day: day[1] };
  }
  return { kind: 'other' };
}
