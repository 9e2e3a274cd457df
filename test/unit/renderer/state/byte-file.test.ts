import { describe, expect, it } from 'vitest';
import { fail } from '../../../../shared/base/result.ts';
import { ByteFile } from '../../../../renderer/state/byte-file.ts';
import { StringPages } from '../../../../renderer/state/string-pages.ts';
import { fakeClient } from '../../../helpers/fake-client.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const answered = (offset: number, length: number, size: number) => ({ available: true, reason: null, sha256: '', size, hex: Array.from({ length: Math.min(length, size - offset) }, (_, i) => ((offset + i) % 256).toString(16).padStart(2, '0')).join('') });

describe('the bytes of a file', () => {
  it('are asked for in ranges, each once, wherever in 300 MB they lie', async () => {
    const host = fakeClient();
    host.answer('evidence.bytes', ({ offset, length }) => answered(offset, length, 300 * 1024 * 1024));
    const file = new ByteFile(host, 'a.dll');
    const far = 300 * 1024 * 1024 - 3;
    file.want(0, 100);
    file.want(50, 90);
    file.want(far, far + 2);
    await settled();
    expect(host.asked).toHaveLength(2);
    expect([file.size, file.byte(5), file.byte(far), file.byte(20_000)]).toEqual([300 * 1024 * 1024, 5, far % 256, undefined]);
    expect(file.snapshot()).toEqual({ state: 'bytes', message: '' });
  });
  it('far away are forgotten, so that memory does not grow with the scrolling', async () => {
    const host = fakeClient();
    host.answer('evidence.bytes', ({ offset, length }) => answered(offset, length, 64 * 1024 * 1024));
    const file = new ByteFile(host, 'a.dll');
    for (let page = 0; page < 120; page++) {
      file.want(page * 16_384, page * 16_384);
      await settled();
    }
    expect([file.byte(0), file.byte(119 * 16_384)]).toEqual([undefined, 0]);
  });
  it('that the case cites are there although the evidence is away', async () => {
    const host = fakeClient();
    host.answer('evidence.bytes', ({ offset }) => (offset === 120
      ? { available: true, reason: 'evidence not attached; these are the 2 bytes that the case holds from here on', sha256: '', size: 500, hex: 'beef' }
      : { available: false, reason: 'evidence not attached', sha256: '', size: 500, hex: '' }));
    const file = new ByteFile(host, 'a.dll');
    file.want(0, 0);
    await settled();
    expect([file.snapshot().state, file.size]).toEqual(['none', 500]);
    await file.cite(120, 2);
    expect([file.byte(119), file.byte(120), file.byte(121), file.byte(122)]).toEqual([undefined, 0xbe, 0xef, undefined]);
  });
  it('that could not be asked for are not asked for again and again', async () => {
    const host = fakeClient();
    host.answer('evidence.bytes', () => fail('unavailable', 'gone'));
    const file = new ByteFile(host, 'a.dll');
    for (let i = 0; i < 5; i++) {
      file.want(0, 0);
      await settled();
    }
    expect([file.snapshot(), host.asked.length]).toEqual([{ state: 'failed', message: 'gone' }, 1]);
  });
});

describe('the strings of a file', () => {
  it('come page by page as they come into sight, narrowed as asked', async () => {
    const host = fakeClient();
    const pages = new StringPages(host, { evidencePath: 'a.dll', text: 'HTTPS://', minimum: 5, encoding: 'all' });
    let told = 0;
    pages.subscribe(() => { told += 1; });
    await settled();
    expect([pages.snapshot().state, pages.snapshot().total, told]).toEqual(['strings', 240, 1]);
    expect(pages.row(1)?.text).toBe('https://host50.example/up');
    const all = new StringPages(host, { evidencePath: 'a.dll' });
    all.want(900, 1100);
    await settled();
    expect(host.asked.slice(1).map((a) => (a.input as { offset: number }).offset)).toEqual([500, 1000]);
    expect([all.row(499), all.row(999)?.text]).toEqual([undefined, 'string 999']);
  });
  it('say why they are not there', async () => {
    const host = fakeClient();
    host.answer('image.strings', () => ({ available: false, reason: 'evidence not attached', strings: [], total: 0, capped: false }));
    const pages = new StringPages(host, { evidencePath: 'a.dll' });
    pages.want(0, 0);
    await settled();
    expect(pages.snapshot()).toMatchObject({ state: 'none', message: 'evidence not attached' });
  });
});
