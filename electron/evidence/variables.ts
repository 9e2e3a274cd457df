/**
 * Variables of a Windows with the usual folders, by upper-case name, as a process of this bitness sees them.
 * `wow64`: the Windows is a 64-bit edition, on which 32-bit processes have folders of their own.
 * The evidence may tell otherwise (registry); until it is read these are what every Windows Server is set up with.
 */
export function defaultVariables(systemDrive: string, bitness: 32 | 64, wow64 = true): ReadonlyMap<string, string> {
  const drive = `${systemDrive}:`;
  const native = `${drive}\\Program Files`;
  const x86 = `${native} (x86)`;
  if (!wow64) return new Map([...common(drive, native), ['PROCESSOR_ARCHITECTURE', 'x86']]);
  return new Map([
    ...common(drive, bitness === 32 ? x86 : native),
    ['PROGRAMFILES(X86)', x86],
    ['PROGRAMW6432', native],
    ['COMMONPROGRAMFILES(X86)', `${x86}\\Common Files`],
    ['COMMONPROGRAMW6432', `${native}\\Common Files`],
    ...processor(bitness),
  ]);
}

/** What every edition has; `programs` is the folder of programs as the process sees it. */
function common(drive: string, programs: string): readonly (readonly [string, string])[] {
  return [
    ['SYSTEMDRIVE', drive],
    ['SYSTEMROOT', `${drive}\\Windows`],
    ['WINDIR', `${drive}\\Windows`],
    ['PROGRAMFILES', programs],
    ['COMMONPROGRAMFILES', `${programs}\\Common Files`],
    ['PROGRAMDATA', `${drive}\\ProgramData`],
    ['ALLUSERSPROFILE', `${drive}\\ProgramData`],
    ['PUBLIC', `${drive}\\Users\\Public`],
  ];
}

/** WOW64 Implementation Details, Microsoft Learn: a 32-bit process on 64-bit Windows sees x86, and the true one under another name. */
function processor(bitness: 32 | 64): readonly (readonly [string, string])[] {
  return bitness === 64 ? [['PROCESSOR_ARCHITECTURE', 'AMD64']] : [['PROCESSOR_ARCHITECTURE', 'x86'], ['PROCESSOR_ARCHITEW6432', 'AMD64']];
}

/**
 * Replaces `%NAME%` once, as ExpandEnvironmentStrings does: values are not expanded again, and an unknown name stays
 * as written together with its percent signs.
 */
export function expandVariables(text: string, variables: ReadonlyMap<string, string>): string {
  let out = '';
  let at = 0;
  for (;;) {
    const open = text.indexOf('%', at);
    const close = open < 0 ? -1 : text.indexOf('%', open + 1);
    if (close < 0) return out + text.slice(at);
    const value = variables.get(text.slice(open + 1, close).toUpperCase());
    if (value === undefined) {
      // The closing sign may open the next variable.
      out += text.slice(at, close);
      at = close;
    } else {
      out += text.slice(at, open) + value;
      at = close + 1;
    }
  }
}
