import { describe, expect, it } from 'vitest';
import { IMPORT_RULES, importCapabilities } from '../../../../../electron/artifacts/pe/code/import-capabilities.ts';
import { ImportTable } from '../../../../../electron/artifacts/pe/code/import-table.ts';
import { CapabilityList } from '../../../../../electron/artifacts/pe/code/sink.ts';
import { SECTION, type Writer, buildPe } from '../build-pe.ts';
import { fixture } from '../fixtures.ts';
import { openImage } from './read.ts';

/** A file that imports the given functions of one DLL; numbers are ordinals. */
function importing(plus: boolean, dll: string, functions: readonly (string | number)[]): Uint8Array {
  const width = plus ? 8 : 4;
  return buildPe({
    plus, size: 0x800, directories: { 1: [SECTION, 40] },
    fill: (w: Writer) => {
      w.u32(0, SECTION + 0x40);
      w.u32(12, SECTION + 0x200);
      w.u32(16, SECTION + 0x100);
      w.text(0x200, dll);
      functions.forEach((name, i) => {
        const at = 0x40 + i * width;
        if (typeof name === 'string') {
          w.text(0x242 + i * 64, name);
          w.u32(at, SECTION + 0x240 + i * 64);
        } else {
          w.u32(at, plus ? name : (0x8000_0000 | name));
          if (plus) w.u32(at + 4, 0x8000_0000);
        }
      });
    },
  });
}

function read(file: Uint8Array): CapabilityList {
  const { image } = openImage(file);
  const out = new CapabilityList();
  importCapabilities(new ImportTable(image, 0x1_8000_0000), out);
  return out;
}

describe('what imported functions say', () => {
  it('no function belongs to two rules, and each rule has its own id and words', () => {
    const names = IMPORT_RULES.flatMap((rule) => [...rule.names]);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    expect(new Set(IMPORT_RULES.map(({ id }) => id)).size).toBe(IMPORT_RULES.length);
    expect(new Set(IMPORT_RULES.map(({ what }) => what)).size).toBe(IMPORT_RULES.length);
  });

  it.each([true, false])('names the function, its DLL and where the name stands (64 bits: %s)', (plus) => {
    const { list } = read(importing(plus, 'KERNEL32.dll', ['CreateProcessW', 'GetTickCount', 'WriteProcessMemory']));
    expect(list).toEqual([
      { group: 'system', id: 'starts-processes', what: 'can start programs (imports CreateProcessW)', proof: { offset: 0x400 + 0x242, constant: 'KERNEL32.dll!CreateProcessW' } },
      { group: 'system', id: 'writes-other-processes', what: expect.stringContaining('WriteProcessMemory') as string, proof: { offset: 0x400 + 0x242 + 128, constant: 'KERNEL32.dll!WriteProcessMemory' } },
    ]);
  });

  it('knows sockets that are imported by number, and says when a runtime library imports a function too', () => {
    expect(read(importing(true, 'WS2_32.dll', [4])).list.map(({ id, proof }) => [id, proof.constant])).toEqual([['connects-to-network', 'WS2_32.dll!connect']]);
    expect(read(importing(true, 'WS2_32.dll', [4])).list[0]?.what).toBe('can open network connections (imports connect, by its number 4)');
    expect(read(importing(true, 'other.dll', [4])).list).toEqual([]);
    expect(read(importing(true, 'KERNEL32.dll', ['IsDebuggerPresent'])).list[0]?.what).toContain('runtime libraries');
  });

  it.each([
    ['EventWriteTransfer', []], ['CloseEventLog', []], ['ClearEventLogW', ['clears-event-logs']], ['ControlTraceW', ['controls-traces']],
    ['ReadProcessMemory', ['controls-processes']], ['SetThreadContext', ['steers-threads']], ['SetFileInformationByHandle', ['changes-file-attributes']], ['bind', ['connects-to-network']],
  ] as const)('says of %s only what it can do', (name, ids) => {
    expect(read(importing(true, 'any.dll', [name])).list.map(({ id }) => id)).toEqual(ids);
  });

  it('takes no A or W off names that only end so', () => {
    expect(read(importing(true, 'x.dll', ['RegOpenKeyA', 'RegOpenKeyW', 'RegOpenKeyX', 'selectA'])).list.map(({ proof }) => proof.constant)).toEqual(['x.dll!RegOpenKeyA', 'x.dll!RegOpenKeyW']);
  });

  it('finds the imports of a real file, sorted by rule', () => {
    const { list } = read(fixture('x86/cachehttp.dll'));
    expect(list.map(({ proof }) => proof.constant)).toEqual(['KERNEL32.dll!VirtualProtect', 'WINHTTP.dll!WinHttpConnect', 'WINHTTP.dll!WinHttpOpen', 'WINHTTP.dll!WinHttpOpenRequest', 'WINHTTP.dll!WinHttpReadData']);
  });
});
