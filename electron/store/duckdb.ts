import { DuckDBInstance, type DuckDBConnection as NativeConnection } from '@duckdb/node-api';
import path from 'node:path';
import { DuckConnection, type Owner } from './connection.ts';
import { quoteText } from './ddl.ts';
import { sentence, StoreError, storeError } from './errors.ts';
import type { Connection, Store } from './store.ts';
import { Turns } from './turns.ts';

/**
 * The storage format that new files are written in: the long-term release, so that every later 1.x reads it.
 * An existing file keeps the one that it was made with.
 */
export const STORAGE_VERSION = 'v1.4.0';

export interface StoreOptions {
  /** For the database's own buffers, in MiB; the process needs about as much again. */
  readonly memoryLimitMb?: number;
  readonly threads?: number;
  /** Where sorts that do not fit into memory go. Absolute; never inside the evidence. */
  readonly tempDirectory: string;
  /** Folders that `read_csv` may read, absolute. Everything else outside the one file is out of reach. */
  readonly allowedDirectories: readonly string[];
}

/**
 * Two opens of one file inside one process are not refused by the operating system's lock and would destroy it, so
 * they are refused here. Paths are compared as given: the caller resolves links first.
 */
const openPaths = new Set<string>();

/**
 * Opens the database, or makes it when the file does not exist.
 * From then on no extension is loaded, no file outside `allowedDirectories` is touched and no setting can be changed.
 * @throws StoreError naming the file, with the kind of refusal.
 */
export async function openStore(file: string, options: StoreOptions): Promise<Store> {
  const key = path.resolve(file);
  if (openPaths.has(key)) throw new StoreError('locked', file, sentence('locked', file, ''));
  openPaths.add(key);
  let instance: DuckDBInstance | null = null;
  try {
    instance = await DuckDBInstance.create(key, settings(options));
    const control = await instance.connect();
    await lockDown(control, options);
    return new DuckStore(file, key, instance, control);
  } catch (error) {
    instance?.closeSync();
    openPaths.delete(key);
    throw storeError(error, file, true);
  }
}

function settings(options: StoreOptions): Record<string, string> {
  const out: Record<string, string> = {
    storage_compatibility_version: STORAGE_VERSION,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_persistent_secrets: 'false',
    temp_directory: options.tempDirectory,
    // A spool file is read once: what the database kept of it would be memory for nothing.
    enable_external_file_cache: 'false',
  };
  if (options.memoryLimitMb !== undefined) out['memory_limit'] = `${options.memoryLimitMb}MiB`;
  if (options.threads !== undefined) out['threads'] = String(options.threads);
  return out;
}

/** The order matters: the list must be set while access is on, and the lock comes last. */
async function lockDown(control: NativeConnection, options: StoreOptions): Promise<void> {
  await control.run(`set allowed_directories = [${options.allowedDirectories.map(quoteText).join(', ')}]`);
  await control.run('set enable_external_access = false');
  await control.run('set lock_configuration = true');
}

class DuckStore implements Store, Owner {
  readonly path: string;
  readonly #key: string;
  readonly #instance: DuckDBInstance;
  readonly #control: NativeConnection;
  readonly #turns = new Turns();
  readonly #connections = new Set<DuckConnection>();
  #fatal: StoreError | null = null;
  #closing: Promise<void> | null = null;

  constructor(file: string, key: string, instance: DuckDBInstance, control: NativeConnection) {
    this.path = file;
    this.#key = key;
    this.#instance = instance;
    this.#control = control;
  }

  async connect(): Promise<Connection> {
    const connection = new DuckConnection(this, await this.nativeConnection());
    this.#connections.add(connection);
    return connection;
  }

  async nativeConnection(): Promise<NativeConnection> {
    this.check();
    return this.#instance.connect();
  }

  /**
   * Runs beside open transactions that insert or delete. One that changes a table's shape or updates rows holds it up,
   * and then it waits for what runs now to end.
   */
  async checkpoint(): Promise<void> {
    const release = await this.#turns.take();
    try {
      for (;;) {
        this.check();
        const refusal = await this.#control.run('checkpoint').then(() => null, (error: unknown) => error);
        if (refusal === null) return;
        const connections = [...this.#connections];
        if (!isHeldUp(refusal) || connections.some((connection) => connection.inside)) throw this.wrap(refusal);
        await Promise.all(connections.map((connection) => connection.idle()));
      }
    } finally {
      release();
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  wrap(thrown: unknown): StoreError {
    const error = storeError(thrown, this.path);
    if (error.reopen) this.#fatal ??= error;
    return error;
  }

  check(): void {
    if (this.#fatal) {
      const message = `${this.path} must be opened again after this: ${this.#fatal.message}`;
      throw new StoreError(this.#fatal.kind, this.path, message, { reopen: true, cause: this.#fatal });
    }
    if (this.#closing) throw new StoreError('io', this.path, `${this.path} is closed.`);
  }

  forget(connection: DuckConnection): void {
    this.#connections.delete(connection);
  }

  /** What is committed reaches the one file here; when that fails it is still in the side file, and the failure is told. */
  async #finish(): Promise<void> {
    await Promise.all([...this.#connections].map((connection) => connection.ended()));
    const release = await this.#turns.take();
    try {
      if (!this.#fatal) await this.#control.run('checkpoint');
    } catch (error) {
      throw storeError(error, this.path);
    } finally {
      this.#control.closeSync();
      this.#instance.closeSync();
      openPaths.delete(this.#key);
      release();
    }
  }
}

function isHeldUp(error: unknown): boolean {
  return error instanceof Error && error.message.includes('other write transactions active');
}
