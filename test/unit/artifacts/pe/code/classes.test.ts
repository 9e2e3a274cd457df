import { describe, expect, it } from 'vitest';
import { MODULE_METHODS, methodName, slotsOf } from '../../../../../electron/artifacts/pe/code/interfaces.ts';
import { GLOBAL_NOTIFICATIONS, REQUEST_NOTIFICATIONS, FILTER_NOTIFICATIONS, namesOf } from '../../../../../electron/artifacts/pe/code/notifications.ts';
import { plainName } from '../../../../../electron/artifacts/pe/code/virtual-table.ts';
import { fixture } from '../fixtures.ts';
import { compile, compilers } from './compile.ts';
import { capabilitiesOf, constants, said } from './read.ts';

describe.skipIf(!compilers)('classes with the type information of Microsoft\'s compiler', () => {
  it('are named, and their methods for the registered events are followed where no message tells which are their own', () => {
    const all = capabilitiesOf(compile('x86_64', ['classes.s'], []));
    expect(constants(all, 'class-name')).toEqual(['Shop::ShopFactory', 'CHelloWorld']);
    expect(said(all, 'class-names')).toEqual([expect.stringMatching(/Shop::ShopFactory, CHelloWorld$/)]);
    expect(constants(all, 'copied-sample')).toEqual(['CHelloWorld']);
    expect(said(all, 'sees-basic-passwords')).toEqual([expect.stringContaining('IHttpUser::GetPassword in OnBeginRequest')]);
    expect(said(all, 'module-methods')).toEqual([]);
    expect(all.filter(({ id }) => id === 'no-sdk-messages')).toEqual([expect.objectContaining({ proof: { offset: expect.any(Number) as number } })]);
  }, 60_000);
});

describe('messages of the SDK\'s base classes', () => {
  it('tell which methods are a module\'s own when its table of methods was not found', () => {
    const file = fixture('x64/cachehttp.dll');
    const texts = MODULE_METHODS.filter((name) => name !== 'OnSendResponse' && name !== 'OnBeginRequest').map((name) => `subscribed to event CHttpModule::${name} x\0`).join('');
    const all = capabilitiesOf(Buffer.concat([file, Buffer.from(texts, 'latin1')]));
    expect(said(all, 'module-methods')).toEqual([expect.stringMatching(/inferred.*not OnBeginRequest, OnSendResponse, which/)]);
    expect(all.find(({ id }) => id === 'module-methods')?.proof.offset).toBe(file.length);
    expect(said(all, 'no-sdk-messages')).toEqual([]);
  });
});

describe('tables of the interfaces', () => {
  it('have the methods at their places', () => {
    expect([methodName('IHttpContext', 10), methodName('IHttpContext', 13), methodName('IHttpContext', 14)]).toEqual(['DisableNotifications', 'ExecuteRequest', null]);
    expect([methodName('IHttpRequest', 16), methodName('IHttpRequest', 23)]).toEqual(['ReadEntityBody', 'GetHeaderChanges']);
    expect([methodName('IHttpResponse', 18), methodName('IHttpResponse', 27)]).toEqual(['Flush', 'CloseConnection']);
    expect(methodName('IHttpUser', 3)).toBe('GetPassword');
    expect([MODULE_METHODS[20], MODULE_METHODS[22], MODULE_METHODS[24], MODULE_METHODS[28]]).toEqual(['OnLogRequest', 'OnEndRequest', 'OnSendResponse', 'OnAsyncCompletion']);
  });

  it('lead from the bits of a mask to the methods that are called for them', () => {
    expect(slotsOf(0x2000_0401)).toEqual([0, 1, 20, 21, 24]);
    expect(slotsOf(0xd000_0000)).toEqual([25, 26, 27]);
  });

  it('have one name for each bit', () => {
    for (const all of [REQUEST_NOTIFICATIONS, GLOBAL_NOTIFICATIONS, FILTER_NOTIFICATIONS]) {
      expect(new Set(all.map(({ bit }) => bit)).size).toBe(all.length);
      expect(all.every(({ bit }) => bit > 0 && (bit & (bit - 1)) === 0)).toBe(true);
    }
    expect(namesOf(0x8000_1001, REQUEST_NOTIFICATIONS)).toMatchObject({ set: [{ constant: 'RQ_BEGIN_REQUEST' }, { constant: 'RQ_MAP_PATH' }], rest: 0x1000 });
  });

  it('read decorated class names', () => {
    expect(plainName('.?AVA@B@C@@')).toBe('C::B::A');
    expect(plainName('.?AV?$T@H@@')).toBe('.?AV?$T@H@@');
  });
});
