import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locateFreb, parseFreb } from '../../../../electron/artifacts/freb/index.ts';

interface Call { readonly module: string; readonly notification: number; readonly post: boolean }

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
const eventOf = ({ module, notification, post }: Call): string =>
  `<Event><System><Opcode>1</Opcode><TimeCreated SystemTime="2026-03-02T10:00:00Z"/></System><EventData><Data Name="ModuleName">${escape(module)}</Data><Data Name="Notification">${notification}</Data>` +
  `<Data Name="fIsPostNotification">${String(post)}</Data></EventData><RenderingInfo><Opcode>NOTIFY_MODULE_START</Opcode></RenderingInfo></Event>\n`;

const calls = fc.array(fc.record({
  module: fc.string({ unit: fc.constantFrom('a', 'Z', '.', ' ', '&', '<', '"', '\u00e9', '\u4e2d', '\u{1f600}'), minLength: 1, maxLength: 12 }),
  notification: fc.constantFrom(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 0x1000_0000, 0x2000_0000, 0x4000_0000, 0x8000_0000),
  post: fc.boolean(),
}), { maxLength: 12 });

describe('traces', () => {
  it('gives back what was written, and of a file cut anywhere exactly the whole events', () => {
    fc.assert(fc.property(calls, fc.nat(), (written, cut) => {
      const root = '<failedRequest url="http://x/" siteId="1" verb="GET">\n';
      const events = written.map(eventOf);
      const whole = Buffer.from(`${head}${root}${events.join('')}</failedRequest>`);
      const { trace, bytes } = parseFreb(whole);
      expect(trace?.complete).toBe(true);
      expect(trace?.calls.map(({ module, number, post }) => ({ module, notification: number, post }))).toEqual(written);
      expect(bytes).toEqual({ rows: whole.length - head.length, headers: head.length, padding: 0, rejected: 0 });
      const at = cut % whole.length;
      const part = parseFreb(whole.subarray(0, at));
      let end = head.length + root.length;
      const complete = events.filter((event) => (end += Buffer.byteLength(event)) - 1 <= at).length;
      expect(part.trace?.calls.length ?? 0).toBe(complete);
      const { rows, headers, padding, rejected } = part.bytes;
      expect(rows + headers + padding + rejected).toBe(at);
    }), { numRuns: 200 });
  });

  it('knows its files by name and folder', () => {
    expect(locateFreb('C/inetpub/logs/FailedReqLogFiles/W3SVC12/fr000001.xml')).toEqual({ siteId: 12 });
    expect(locateFreb('out\\fr00A1FF.XML')).toEqual({ siteId: null });
    for (const name of ['W3SVC1/freb.xsl', 'fr1.xml', 'W3SVC1/from000001.xml', 'fr000001.xml/x']) expect(locateFreb(name)).toBeNull();
  });
});
