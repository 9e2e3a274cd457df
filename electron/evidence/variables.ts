/**
 * Variables of a Windows with the usual folders, by upper-case name, as a process of this bitness sees them.
 * The evidence may tell otherwise (registry); until it is read these are what every Windows Server is set up with.
 */
export function defaultVariables(systemDrive: string, bitness: 32 | 64): ReadonlyMap<string, string> {
  const drive = `${systemDrive}:`;
  const native = `${drive}\\Program Files`;
  const x86 = `${native} (x86)`;
  const own = bitness === 32 ? x86 : native;
  return new Map([
    ['SYSTEMDRIVE', drive],
    ['SYSTEMROOT', `${drive}\\Windows`],
    ['WINDIR', `${drive}\\Windows`],
    ['PROGRAMFILES', own],
    ['PROGRAMFILES(X86)', x86],
    ['PROGRAMW6432', native],
    ['COMMONPROGRAMFILES', `${own}\\Common Files`],
    ['COMMONPROGRAMFILES(X86)', `${x86}\\Common Files`],
    ['COMMONPROGRAMW6432', `${native}\\Common Files`],
    ['PROGRAMDATA', `${drive}\\ProgramData`],
    ['ALLUSERSPROFILE', `${drive}\\ProgramData`],
    ['PUBLIC', `${drive}\\Users\\Public`],
  ]);
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
