import type { ReactNode } from 'react';

/** Bytes as offset, hexadecimal and characters, sixteen to a line. */
export function BytesSource({ offset, hex, mark }: { readonly offset: number; readonly hex: string; readonly mark: { readonly offset: number; readonly length: number } | null }): ReactNode {
  const bytes = hex.match(/../g)?.map((b) => Number.parseInt(b, 16)) ?? [];
  const rows: number[] = [];
  for (let i = 0; i < bytes.length; i += 16) rows.push(i);
  const marked = (at: number): boolean => mark !== null && at >= mark.offset && at < mark.offset + Math.max(1, mark.length);
  return (
    <div className="bytes-source mono" role="list" aria-label="Bytes of the file" tabIndex={0}>
      {rows.map((start) => {
        const row = bytes.slice(start, start + 16);
        const holdsMark = row.some((_, i) => marked(offset + start + i));
        return (
          <div key={start} role="listitem" className={`byte-row ${holdsMark ? 'marked' : ''}`} aria-current={holdsMark && (mark === null || mark.offset >= offset + start) ? 'true' : undefined}>
            <span className="line-number">{(offset + start).toString(16).toUpperCase().padStart(8, '0')}</span>
            <span>{row.map((b) => b.toString(16).padStart(2, '0')).join(' ').padEnd(47, ' ')}</span>
            <span className="byte-text">{row.map((b) => (b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : '.')).join('')}</span>
          </div>
        );
      })}
    </div>
  );
}
