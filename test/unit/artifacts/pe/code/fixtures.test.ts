import { describe, expect, it } from 'vitest';
import { existsSync, readFileSync } from 'node:fs';
import { corpus } from '../../../../helpers/corpus.ts';
import { fixture } from '../fixtures.ts';
import { capabilitiesOf, constants, said } from './read.ts';

describe('the code of the fixture components', () => {
  it.each(['x64/cachehttp.dll', 'x86/cachehttp.dll'])('%s registers for what its source says', (file) => {
    const all = capabilitiesOf(fixture(file));
    expect(constants(all, 'request-notifications')).toEqual(['0x20000401']);
    expect(constants(all, 'post-request-notifications')).toEqual([]);
    expect(constants(all, 'module-priority')).toEqual(['FIRST 0x00000001']);
    for (const id of ['sees-requests-first', 'changes-responses', 'changes-log-row']) expect(constants(all, id), id).toEqual(['0x20000401']);
    expect(constants(all, 'uses-http-client')).toContain('WINHTTP.dll!WinHttpOpenRequest');
  });

  it('a module that asks for a global event only is read so', () => {
    const all = capabilitiesOf(fixture('x64/iisreqx.dll'));
    expect(constants(all, 'global-notifications')).toEqual(['0x00000100']);
    expect(said(all, 'sees-requests-before-modules')).toHaveLength(1);
    expect(constants(all, 'request-notifications')).toEqual([]);
  });

  it.each(['x64/shopcmp.dll', 'x86/shopcmp.dll'])('%s has the flags, priority and description of its source', (file) => {
    const all = capabilitiesOf(fixture(file));
    expect(constants(all, 'filter-notifications')).toEqual(['0x00086603']);
    for (const id of ['changes-log-row', 'changes-responses', 'sees-basic-passwords', 'sees-request-headers']) expect(constants(all, id), id).toEqual(['0x00086603']);
    expect(said(all, 'filter-priority')).toEqual([expect.stringContaining('SF_NOTIFY_ORDER_HIGH')]);
    expect(constants(all, 'filter-description')).toEqual(['Shop response compression filter']);
    expect(said(all, 'filter-ports')).toEqual([]);
  });

  it('a file that is filter and extension says both', () => {
    const all = capabilitiesOf(fixture('x64/filterext.dll'));
    expect(constants(all, 'filter-notifications')).toEqual(['0x00004002']);
    expect(said(all, 'filter-ports')).toEqual([expect.stringContaining('plain ports only')]);
    expect(constants(all, 'filter-description')).toEqual(['Filter half']);
    expect(constants(all, 'extension-description')).toEqual(['Extension half']);
  });

  it.each(['x64/hdrimg.dll', 'x86/hdrimg.dll'])('%s calls itself what its source says', (file) => {
    expect(constants(capabilitiesOf(fixture(file)), 'extension-description')).toEqual(['HDR image support']);
  });
});

describe.skipIf(!corpus.present)('the code of the corpus components', () => {
  it.each(['filter_i686.dll', 'filter_x86_64.dll', 'filter_nocrt_x64.dll', 'filter_ext_x64.dll'])('%s logs at low priority', (file) => {
    const all = capabilitiesOf(read(file));
    expect(constants(all, 'filter-notifications')).toEqual(['0x00020200']);
    expect(constants(all, 'filter-description')).toEqual(['Fixture no-op filter']);
  });

  it.each(['module_i686.dll', 'module_x86_64.dll', 'module_nocrt_x64.dll'])('%s registers for nothing', (file) => {
    const all = capabilitiesOf(read(file));
    expect(said(all, 'module-registers-nothing')).toHaveLength(1);
    expect(constants(all, 'request-notifications')).toEqual([]);
  });

  it.each(['ext_i686.dll', 'ext_x86_64.dll', 'ext_nocrt_x64.dll'].filter((file) => existsSync(corpus.file('components', file))))('%s calls itself an extension', (file) => {
    expect(constants(capabilitiesOf(read(file)), 'extension-description')).toEqual(['Fixture no-op extension']);
  });

  function read(file: string): Uint8Array {
    return new Uint8Array(readFileSync(corpus.file('components', file)));
  }
});
