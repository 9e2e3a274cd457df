import { app, Menu, type MenuItemConstructorOptions } from 'electron';

/** A menu line that runs a command of the page; `keys` is shown, and handled by the page. */
export interface MenuCommand {
  readonly command: string;
  readonly label: string;
  readonly keys?: string;
}

type Line = MenuCommand | 'separator';

/** The menu bar as data. Every command id is one of the page's command table. */
export const MENU: readonly { readonly label: string; readonly lines: readonly Line[] }[] = [
  {
    label: '&File',
    lines: [
      { command: 'case.new', label: 'New case from folder...', keys: 'Ctrl+N' },
      { command: 'case.newFile', label: 'New case from zip or file...', keys: 'Ctrl+Shift+N' },
      { command: 'case.open', label: 'Open case...', keys: 'Ctrl+O' },
      'separator',
      { command: 'case.save', label: 'Save', keys: 'Ctrl+S' },
      { command: 'case.saveAs', label: 'Save as...', keys: 'Ctrl+Shift+S' },
      'separator',
      { command: 'case.close', label: 'Close case' },
    ],
  },
  {
    label: '&Go',
    lines: [
      { command: 'view.overview', label: 'Overview', keys: '1' },
      { command: 'view.timeline', label: 'Timeline', keys: '2' },
      { command: 'view.graph', label: 'Graph', keys: '3' },
      { command: 'view.components', label: 'Components', keys: '4' },
      { command: 'view.config', label: 'Config', keys: '5' },
      { command: 'view.findings', label: 'Findings', keys: '6' },
      { command: 'view.notes', label: 'Notes', keys: '7' },
      { command: 'view.problems', label: 'Problems', keys: '8' },
      'separator',
      { command: 'view.start', label: 'Start' },
      { command: 'view.intake', label: 'Intake' },
    ],
  },
  {
    label: '&Help',
    lines: [
      { command: 'app.palette', label: 'Command palette', keys: 'Ctrl+K' },
      { command: 'app.help', label: 'Keys', keys: 'F1' },
    ],
  },
];

/** Electron's accelerator for a key text; none for a bare character on macOS, where a menu would take it from text fields. */
function accelerator(keys: string | undefined, platform: NodeJS.Platform): string | undefined {
  if (keys === undefined || (platform === 'darwin' && keys.length === 1)) return undefined;
  return keys.replace('Ctrl+', 'CommandOrControl+');
}

/** The whole menu bar: ours, and the parts that every program on the platform has. */
export function menuTemplate(run: (command: string) => void, platform: NodeJS.Platform, development: boolean): MenuItemConstructorOptions[] {
  const item = (line: Line): MenuItemConstructorOptions => line === 'separator'
    ? { type: 'separator' }
    : { id: line.command, label: line.label, accelerator: accelerator(line.keys, platform), registerAccelerator: false, click: () => run(line.command) };
  const [file, go, help] = MENU.map(({ label, lines }): MenuItemConstructorOptions => ({ label, submenu: lines.map(item) }));
  const quit: MenuItemConstructorOptions[] = platform === 'darwin' ? [] : [{ type: 'separator' }, { role: 'quit' }];
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      { role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { type: 'separator' }, { role: 'togglefullscreen' },
      ...(development ? [{ role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
    ],
  };
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { ...file, submenu: [...(Array.isArray(file?.submenu) ? file.submenu : []), ...quit] },
    { role: 'editMenu' },
    ...(go === undefined ? [] : [go]),
    view,
    { role: 'windowMenu' },
    ...(help === undefined ? [] : [{ ...help, role: 'help' as const }]),
  ];
}

/** Puts the menu bar up; `run` is called with the id of a command. */
export function installMenu(run: (command: string) => void): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(run, process.platform, !app.isPackaged)));
}
