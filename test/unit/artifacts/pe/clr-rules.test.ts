import { describe, expect, it } from 'vitest';
import { MEMBER_RULES } from '../../../../electron/artifacts/pe/clr/capability-rules.ts';

const idsOf = (type: string, member: string): string[] => (MEMBER_RULES.get(type)?.get(member) ?? []).map(({ id }) => id);

describe('what references to members of the framework say', () => {
  it.each([
    ['System.Security.Principal.WindowsIdentity', 'GetCurrent', []],
    ['System.Security.Principal.WindowsIdentity', 'Impersonate', ['impersonates']],
    ['System.Web.HttpRequest', 'MapImageCoordinates', []],
    ['System.Web.HttpContext', 'SetSessionStateBehavior', []],
    ['System.Web.HttpContext', 'set_SkipAuthorization', ['decides-authorization']],
    ['System.IO.File', 'SetAttributes', ['changes-file-attributes']],
    ['System.IO.File', 'SetLastWriteTime', ['changes-file-times']],
    ['System.Net.Sockets.Socket', 'Bind', ['connects-to-network']],
  ])('%s::%s', (type, member, ids) => {
    expect(idsOf(type, member)).toEqual(ids);
  });
});
