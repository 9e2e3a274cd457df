import { parseFreb, sniffFreb } from '../../electron/artifacts/freb/index.ts';
import type { Target } from './targets.ts';

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

/** Traces of requests: every byte is counted once, and every event stands where it says. */
export const freb = (seeds: readonly Uint8Array[]): Target => ({
  id: 'freb',
  material: {
    seeds,
    tokens: ['<failedRequest ', '</failedRequest>', '<Event>', '</Event>', '<EventData>', '<Data Name="ModuleName">', '</Data>', '<RenderingInfo>', '<Opcode>NOTIFY_MODULE_START</Opcode>', '<freb:Description Data="Notification">', 'NOTIFY_MODULE_START', 'HANDLER_CHANGED',
      '<![CDATA[', ']]>', '<!--', '-->', '&amp;', '&#x0;', '&x;', '<!DOCTYPE a [<!ENTITY x "y">]>', '<?xml version="1.1"?>', '__proto__', ' xmlns="', '\0\0\0\0\0\0\0\0', '\ufeff', Buffer.from([0xff, 0xfe]), Buffer.from([0xe9, 0x20, 0xc3]), '\r', '\u2028', '<a>'.repeat(60)],
  },
  check(bytes) {
    sniffFreb(bytes);
    const { trace, events, bytes: counted, problems } = parseFreb(bytes);
    for (const part of Object.values(counted)) must(part >= 0, 'a negative count');
    must(counted.rows + counted.headers + counted.padding + counted.rejected === bytes.length, 'bytes are lost or counted twice');
    must(trace !== null || problems.length > 0, 'nothing read without a problem');
    must(trace === null || trace.complete || problems.length > 0, 'incomplete without a problem');
    let last = 0;
    for (const { offset, length, line } of events) {
      must(line >= 1, 'an event without a line');
      if (offset === null || length === null) continue;
      must(offset >= last && offset + length <= bytes.length, 'an event outside the file or over another');
      must(bytes[offset] === 0x3c || (bytes[offset] === 0 && bytes[offset + 1] === 0x3c), `no < at ${offset}`);
      last = offset + length;
    }
    for (const p of problems) must((p.line ?? 1) >= 1 && (p.offset ?? 0) >= 0 && p.message.length < 1000, 'a problem without a place, or a long one');
  },
});
