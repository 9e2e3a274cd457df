// The engine process: the only one that opens the case and reads evidence. A host starts it and talks the contract to it.
import { enginePort } from './ipc/engine-port.ts';
import { createRouter } from './ipc/router.ts';
import { createServices } from './services/index.ts';

const port = enginePort(process);
const services = createServices({
  imageWorker: new URL('./image-worker.js', import.meta.url),
  spoolWorker: new URL('./spool-worker.js', import.meta.url),
  yaraChild: new URL('./yara-child.js', import.meta.url),
  emit: (name, payload) => port.send({ kind: 'event', name, payload }),
});
const router = createRouter(services.handlers, (name, error) => {
  process.stderr.write(`iisight: a bug in ${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
});

port.onRequest((request) => {
  void router.dispatch(request.name, request.input).then((result) => port.send({ kind: 'result', id: request.id, result }));
});

let closing = false;
function close(): void {
  if (closing) return;
  closing = true;
  void services.close().finally(() => process.exit(0));
}
port.onClose(close);
// An interrupt is the host's business; without a host there is nobody to answer.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', close);
