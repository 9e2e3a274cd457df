import { spawn } from 'node:child_process';

/** The system's way to show a link; null where there is no screen to show it on. */
export function browserCommand(url: string, platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>): readonly [string, ...string[]] | null {
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  if (platform === 'darwin') return ['open', url];
  // Without a display xdg-open would start a text browser in the terminal that the user is reading.
  return env['DISPLAY'] === undefined && env['WAYLAND_DISPLAY'] === undefined ? null : ['xdg-open', url];
}

/** Shows a link in the browser. That it cannot be shown is told to `say` and is no error: the link stands on the terminal. */
export function openBrowser(url: string, say: (line: string) => void): void {
  const command = browserCommand(url, process.platform, process.env);
  if (command === null) return;
  const [program, ...words] = command;
  const child = spawn(program, words, { stdio: 'ignore', detached: true });
  child.on('error', () => say('the browser could not be opened; open the link yourself'));
  child.unref();
}
