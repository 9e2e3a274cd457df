import { describe, expect, it } from 'vitest';
import { ByteView, rva } from '../../../../electron/artifacts/kit/bytes.ts';
import { processorOf, strongNameState } from '../../../../electron/artifacts/pe/clr/header-facts.ts';
import type { MetadataRoot } from '../../../../electron/artifacts/pe/clr/root.ts';
import type { Image } from '../../../../electron/artifacts/pe/image.ts';
import { openImage } from './clr-image.ts';
import { buildPe } from './build-pe.ts';

const NOWHERE = { rva: rva(0), size: 0, at: 0 };
const root = (flags: number, strongName = NOWHERE): MetadataRoot => ({ runtime: 'v4.0.30319', flags, streams: new Map<string, ByteView>(), headers: [], resources: NOWHERE, strongName, nativeHeader: NOWHERE });
function image(plus: boolean): Image {
  const opened = openImage(buildPe({ plus }));
  if (opened === null) throw new Error('not a PE');
  return opened;
}
const x86 = image(false);
const x64 = image(true);

describe('what the flags of the CLI header say', () => {
  it.each([
    [0x1, 'any'], [0x9, 'any'], [0x3, 'stated'], [0x20003, 'any-prefers-x86'], [0x0, 'stated'], [0x4, 'stated'],
  ])('flags 0x%x in an x86 image: for %s', (flags, processor) => {
    expect(processorOf(x86, root(flags))).toBe(processor);
  });

  it('a 64-bit image is for the processor that its header names', () => {
    expect(processorOf(x64, root(1))).toBe('stated');
  });

  it('a key without a signature is delay-signed in IL only, and nothing but a key where precompiling left no signature', () => {
    const key = Uint8Array.of(1);
    expect(strongNameState(x86, root(1), key, 'none')).toBe('delay-signed');
    expect(strongNameState(x86, root(4), key, 'ready-to-run')).toBe('key-only');
    expect(strongNameState(x86, root(4), new Uint8Array(), 'ready-to-run')).toBe('none');
    expect(strongNameState(x86, root(4, { rva: rva(0x1000), size: 16, at: 0 }), key, 'ready-to-run')).toBe('delay-signed');
  });
});
