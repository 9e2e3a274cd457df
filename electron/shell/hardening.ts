import { app, type Session } from 'electron';
import { isOwnUrl } from './origin.ts';

/** Switches that keep Chromium itself from reaching out; must run before Electron is ready. */
export function hardenProcess(): void {
  app.enableSandbox();
  for (const name of ['disable-background-networking', 'disable-component-update', 'disable-domain-reliability', 'disable-sync', 'no-pings']) {
    app.commandLine.appendSwitch(name);
  }
  // No name leads anywhere: the page lives under a scheme of its own and needs none.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

/** Whether the page may have a permission: it may put text on the clipboard, and nothing else. */
function permitted(permission: string, url: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOwnUrl(url);
}

/** Denies the page everything that a web page could ask a browser for, and every request that leaves this program. */
export function hardenSession(session: Session, { development }: { readonly development: boolean }): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => callback(permitted(permission, details.requestingUrl)));
  session.setPermissionCheckHandler((_contents, permission, origin) => permitted(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null));
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, callback) => {
    const own = isOwnUrl(details.url) || (development && details.url.startsWith('devtools://'));
    callback({ cancel: !own });
  });
}
