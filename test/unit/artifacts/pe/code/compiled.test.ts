import { describe, expect, it } from 'vitest';
import { ByteView } from '../../../../../electron/artifacts/kit/bytes.ts';
import { ARCHITECTURES, LEVELS, compile, compilers } from './compile.ts';
import { capabilitiesOf, constants, said } from './read.ts';

const CPP = ['-fno-rtti', '-fno-exceptions', '-DOWN_RUNTIME'];
const combinations = ARCHITECTURES.flatMap((architecture) => LEVELS.map((level) => ({ architecture, level })));
/** Compiling takes its time on a busy machine. */
const TIMEOUT = 60_000;

describe.skipIf(!compilers).each(combinations)('code compiled by mingw-w64 for $architecture at $level', ({ architecture, level }) => {
  it('reads masks, priorities, own methods and their calls of a native module with classes', () => {
    const file = compile(architecture, ['module.cpp'], [level, ...CPP, '-DMASK=0x60000003u', '-DPOST=0x800u', '-DGLOBAL_MASK=0x300']);
    const all = capabilitiesOf(file);
    expect(constants(all, 'request-notifications')).toEqual(['0x60000003']);
    expect(constants(all, 'post-request-notifications')).toEqual(['0x00000800']);
    expect(constants(all, 'global-notifications')).toEqual(['0x00000300']);
    expect(constants(all, 'module-priority').sort()).toEqual(['FIRST 0x60000003', 'HIGH 0x00000300']);
    expect(said(all, 'module-methods')).toEqual([expect.stringMatching(/the other 27 .*: OnBeginRequest, OnSendResponse$/)]);
    expect(said(all, 'global-methods')).toEqual([expect.stringMatching(/: OnGlobalPreBeginRequest$/)]);
    expect(said(all, 'sees-basic-passwords')).toEqual([expect.stringContaining('IHttpUser::GetPassword in OnBeginRequest')]);
    expect(constants(all, 'sees-request-headers')).toEqual(['X-Shop-Token']);
    expect(constants(all, 'hides-from-log')).toEqual(['0x00000400']);
    expect(said(all, 'changes-responses')).toContainEqual(expect.stringContaining('IHttpResponse::Clear in OnSendResponse'));
    expect(all.filter(({ group }) => group === 'limits')).toEqual([]);
    const mask = all.find(({ id }) => id === 'request-notifications')?.proof.offset ?? -1;
    expect(new ByteView(file).u32(mask).toString(16)).toBe('60000003');
  }, TIMEOUT);

  const ways = lazily(() => compile(architecture, ['registration.c', 'filter.c', 'extension.c'], [level]));

  it.each([
    { way: 'branches', masks: ['0x00000001', '0x20000800'], limits: 0 },
    { way: 'computed', masks: [], limits: 1 },
    { way: 'overwritten', masks: [], limits: 1 },
    { way: 'kept', masks: ['0x20000800'], limits: 0 },
  ])('reads the masks that reach SetRequestNotifications: $way', ({ way, masks, limits }) => {
    const all = capabilitiesOf(ways(), way);
    expect(constants(all, 'request-notifications').sort()).toEqual(masks);
    expect(said(all, 'request-notifications-computed')).toHaveLength(limits);
  }, TIMEOUT);

  it('does not take one half of a mask for the whole', () => {
    const all = capabilitiesOf(ways(), 'added');
    const masks = constants(all, 'request-notifications').sort();
    expect(masks.length === 0 ? said(all, 'request-notifications-computed').length : masks).toEqual(masks.length === 0 ? 1 : ['0x00000001', '0x20000801']);
  }, TIMEOUT);

  it('tells a module that registers for nothing from one whose registration is elsewhere', () => {
    const nothing = capabilitiesOf(ways(), 'nothing');
    expect([said(nothing, 'module-registers-nothing').length, said(nothing, 'module-events-unknown').length]).toEqual([1, 0]);
    const elsewhere = capabilitiesOf(ways(), 'elsewhere');
    expect([said(elsewhere, 'module-registers-nothing').length, said(elsewhere, 'module-events-unknown').length]).toEqual([0, 1]);
  }, TIMEOUT);

  it.each([{ way: 'direct', assumed: false }, { way: 'added', assumed: true }, { way: 'helper', assumed: false }, { way: 'steps', assumed: false }])(
    'reads the flags of a filter: $way', ({ way, assumed }) => {
      const all = capabilitiesOf(ways(), way);
      expect(constants(all, 'filter-notifications')).toEqual(['0x00082200']);
      expect(said(all, 'filter-notifications').every((words) => words.includes('assumed') === assumed)).toBe(true);
      expect(said(all, 'filter-notifications').every((words) => words.includes('dwFlags, 0x10C bytes into HTTP_FILTER_VERSION'))).toBe(true);
      expect(said(all, 'filter-priority')).toEqual([expect.stringContaining('high')]);
      expect(said(all, 'sees-basic-passwords')).toContainEqual(expect.stringContaining('SF_NOTIFY_AUTHENTICATION 0x2000'));
      expect(constants(all, 'filter-description')).toEqual(['Filter to be read']);
      expect(constants(all, 'sees-cookies')).toEqual(['HTTP_COOKIE']);
      expect(constants(all, 'switches-notifications-off')).toEqual(['8']);
    }, TIMEOUT);

  it('says where the flags of a filter are not to be found', () => {
    const computed = capabilitiesOf(ways(), 'computed');
    expect([constants(computed, 'filter-notifications'), said(computed, 'filter-flags-computed').length]).toEqual([[], 1]);
    const none = capabilitiesOf(ways(), 'none');
    expect([constants(none, 'filter-notifications'), said(none, 'filter-flags-unknown').length]).toEqual([[], 1]);
  }, TIMEOUT);

  it('reads what an extension does through the functions that it is given', () => {
    const all = capabilitiesOf(ways());
    expect(constants(all, 'extension-description')).toEqual(['Extension to be read']);
    expect(constants(all, 'sees-basic-passwords')).toEqual(['AUTH_PASSWORD']);
    expect(said(all, 'changes-log-row')).toEqual([expect.stringContaining('lpszLogData')]);
    expect(said(all, 'reads-request-bodies')).toEqual([expect.stringContaining('ReadClient')]);
    expect(constants(all, 'ends-connections')).toEqual(['1014']);
    const handed = capabilitiesOf(compile('x86_64', ['extension.c'], ['-O2', '-DHANDED_OVER']));
    expect(said(handed, 'changes-log-row')).toEqual([expect.stringContaining('lpszLogData')]);
  }, TIMEOUT);
});

describe.skipIf(!compilers)('calls through Control Flow Guard, behind a jump of incremental linking', () => {
  it.each([
    { architecture: 'x86_64' as const, options: ['-Wa,--defsym,WIDE=1'] },
    { architecture: 'i686' as const, options: [] },
  ])('are followed on $architecture', ({ architecture, options }) => {
    const all = capabilitiesOf(compile(architecture, ['guard.s'], options));
    expect(constants(all, 'request-notifications')).toEqual(['0x60000000']);
  }, TIMEOUT);
});

describe.skipIf(!compilers)('a frame that a helper of the runtime library sets up', () => {
  it('is followed on i686', () => {
    const all = capabilitiesOf(compile('i686', ['prolog.s'], []));
    expect(constants(all, 'request-notifications')).toEqual(['0x20000002']);
    expect(constants(all, 'module-priority')).toEqual(['FIRST 0x00000002']);
  }, TIMEOUT);
});

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
