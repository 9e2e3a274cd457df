import { parseAddress } from '../../../shared/query/network.ts';
import type { Connection, Row } from '../../store/store.ts';
import { TEXT_KINDS } from '../schema.ts';
import { EXTRA_SEPARATOR } from '../spool-format.ts';
import { FILES_SQL } from './files.ts';
import { type RowSighting, Sightings, keyOf, moment, number } from './sighting.ts';

/** Addresses that may carry nearly every row of a site before they are taken for load balancers, the share that is nearly every, and the least share of each. */
const BALANCERS = 4;
const NEARLY_ALL = 0.9;
const ITS_SHARE = 0.1;
/** Fewer rows say nothing about who carries them. */
const MIN_ROWS = 1000;
/** Names under which a forwarded address is logged, folded. */
const FORWARDED = ['x-forwarded-for', 'x_forwarded_for', 'cs(x-forwarded-for)', 'http_x_forwarded_for', 'http-x-forwarded-for'];

const TEXT_BASE = 4_294_967_296n;
const FORWARDED_BASE = 8_589_934_592n;

/** Numbers the temporary tables of this process. */
let tables = 0;

/**
 * Who asked: the address of each row as one number, whatever column it stands in. Where few addresses carry nearly
 * every row of a site and a forwarded address is logged, it is the left-most of that one. Anybody can write that header.
 */
export class Clients {
  readonly #connection: Connection;
  /** Numbers of addresses that are no IPv4 ones, where there are any: the same for every id of one text. */
  readonly #plain: string | null;
  readonly #table: string | null;
  /** Sites that are behind a balancer: (file_id, site). */
  readonly #balanced: string | null;
  /** Numbers of addresses that stand for many clients on some site. */
  readonly #carriers: readonly bigint[];
  /** Addresses of some site are those of X-Forwarded-For. */
  get forwarded(): boolean {
    return this.#table !== null;
  }

  private constructor(connection: Connection, plain: string | null, table: string | null = null, balanced: string | null = null, carriers: readonly bigint[] = []) {
    this.#connection = connection;
    this.#plain = plain;
    this.#table = table;
    this.#balanced = balanced;
    this.#carriers = carriers;
  }

  static async of(connection: Connection, server: string | null): Promise<Clients> {
    const positions = await forwardedPositions(connection, server);
    const plain = await plainTable(connection);
    const { carriers, balanced } = await behindBalancer(connection, server, new Clients(connection, plain));
    if (positions.length === 0 || balanced === null) return new Clients(connection, plain, null, null, carriers);
    const table = `signal_forwarded_${++tables}`;
    const place = positions.map(({ layout, at }) => `(${layout}::BIGINT, ${at})`).join(', ');
    // The first address of the list; a port behind an IPv4 address and brackets around an IPv6 one are dropped.
    const first = `regexp_extract(string_split(t.value, '${EXTRA_SEPARATOR}')[p.nth + 1], '^[ +,]*"?\\[?(\\d+[.]\\d+[.]\\d+[.]\\d+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)', 1)`;
    await connection.run(
      `create temp table ${table} as
       with p(layout, nth) as (values ${place}),
       used as (select distinct r.layout, r.extra from request r join p on p.layout = r.layout where r.extra is not null),
       a as (select u.layout, u.extra, ${first} as value from used u join p on p.layout = u.layout join log_text t on t.id = u.extra and t.kind = ${TEXT_KINDS.extra})
       select layout, extra, ${FORWARDED_BASE}::BIGINT + dense_rank() over (order by value) as client, value from a where value <> ''`,
    );
    return new Clients(connection, plain, table, balanced, carriers);
  }

  /** The client of a row of `request r`; needs `join`. */
  get sql(): string {
    return `coalesce(${this.#table === null ? '' : 'case when xb.file_id is not null then xf.client end, '}r.ip4::BIGINT${this.#plain === null ? '' : ', xi.client'})`;
  }

  /** Stands behind `request r`. */
  get join(): string {
    return `${this.#plain === null ? '' : ` left join ${this.#plain} xi on xi.id = r.ip`}${this.#table === null ? '' : ` left join ${this.#balanced} xb on xb.file_id = r.file_id and xb.site is not distinct from r.site left join ${this.#table} xf on xf.extra = r.extra and xf.layout = r.layout`}`;
  }

  /** Addresses that carry the rows of many others on some site: what they meet on means nothing. */
  async carriers(): Promise<ReadonlySet<string>> {
    return new Set((await this.texts(this.#carriers)).values());
  }

  /** Addresses as they are written, by number. */
  async texts(keys: readonly bigint[]): Promise<ReadonlyMap<bigint, string>> {
    const out = new Map<bigint, string>();
    const wanted = new Set(keys);
    for (const key of wanted) if (key < TEXT_BASE) out.set(key, dotted(key));
    const others = [...wanted].filter((key) => key >= TEXT_BASE);
    if (others.length === 0) return out;
    for (const table of [this.#plain, this.#table]) {
      if (table === null) continue;
      for (const row of await this.#connection.all(`select distinct client, value from ${table} where client in (${others.join(', ')})`)) out.set(row['client'] as bigint, String(row['value']));
    }
    return out;
  }

  /** First and last row of each address; addresses without a row are left out. */
  async spans(server: string | null, addresses: readonly string[]): Promise<readonly ClientSpan[]> {
    const wanted = await this.#numbers(addresses);
    if (wanted.size === 0) return [];
    const place = '(r.time, r.file_id, r.off)';
    const rows = await this.#connection.all(
      `with f as (${FILES_SQL})
       select ${this.sql} as client, count(*) as n, count(*) filter (where r.status >= 400) as refused, min(r.time) as first, max(r.time) as last, count(distinct r.time // 864000000000) as days,
         arg_min(r.file_id, ${place}) as file_id, arg_min(r.off, ${place}) as off, arg_max(r.file_id, ${place}) as last_file_id, arg_max(r.off, ${place}) as last_off
       from request r join f on f.file_id = r.file_id${this.join} where r.time is not null and ${this.sql} in (${[...wanted.keys()].join(', ')}) group by 1`,
      [server],
    );
    // An address that has several numbers is one client.
    const byAddress = new Map<string, Row[]>();
    for (const row of rows) {
      const address = wanted.get(row['client'] as bigint);
      if (address !== undefined) byAddress.set(address, [...(byAddress.get(address) ?? []), row]);
    }
    const sightings = await Sightings.of(this.#connection, rows.flatMap((row) => [keyOf(row), keyOf(row, 'last_')]));
    return addresses.flatMap((client) => {
      const own = byAddress.get(client) ?? [];
      const first = least(own, 'first', (a, b) => a < b);
      const last = least(own, 'last', (a, b) => a > b);
      if (first === undefined || last === undefined) return [];
      const ends = sightings.all([keyOf(first), keyOf(last, 'last_')]);
      return [{ client, first: moment(first, 'first') ?? '', last: moment(last, 'last') ?? '', rows: own.reduce((n, r) => n + number(r, 'n'), 0), refused: own.reduce((n, r) => n + number(r, 'refused'), 0), days: Math.max(...own.map((r) => number(r, 'days'))), ends, forwarded: this.forwarded }];
    });
  }

  async #numbers(addresses: readonly string[]): Promise<ReadonlyMap<bigint, string>> {
    const out = new Map<bigint, string>();
    if (addresses.length === 0) return out;
    const holes = addresses.map((_, i) => `$${i + 1}`).join(', ');
    for (const address of addresses) {
      const value = undotted(address);
      if (value !== null) out.set(value, address);
    }
    for (const table of [this.#plain, this.#table]) {
      if (table === null) continue;
      for (const row of await this.#connection.all(`select distinct client, value from ${table} where value in (${holes})`, [...addresses])) out.set(row['client'] as bigint, String(row['value']));
    }
    return out;
  }
}

/** How long and how often one address was there. */
export interface ClientSpan {
  readonly client: string;
  readonly first: string;
  readonly last: string;
  readonly rows: number;
  /** Those with a status of 400 or more. */
  readonly refused: number;
  readonly days: number;
  /** The first row, then the last. */
  readonly ends: readonly RowSighting[];
  /** The address is what X-Forwarded-For says. */
  readonly forwarded: boolean;
}

function least(rows: readonly Row[], column: string, before: (a: bigint, b: bigint) => boolean): Row | undefined {
  return rows.reduce<Row | undefined>((best, row) => (best === undefined || before(row[column] as bigint, best[column] as bigint) ? row : best), undefined);
}

async function plainTable(connection: Connection): Promise<string | null> {
  const [row = {}] = await connection.all(`select count(*) as n from log_text where kind = ${TEXT_KINDS.ip}`);
  if (number(row, 'n') === 0) return null;
  const table = `signal_address_${++tables}`;
  await connection.run(`create temp table ${table} as select id, ${TEXT_BASE}::BIGINT + dense_rank() over (order by value) as client, value from log_text where kind = ${TEXT_KINDS.ip}`);
  return table;
}

/** Where layouts keep a forwarded address among their values without a column. */
async function forwardedPositions(connection: Connection, server: string | null): Promise<readonly { layout: bigint; at: number }[]> {
  const rows = await connection.all(
    `select l.id, l.names, l.kept from event_layout l where l.id in (select distinct r.layout from request r join event_file f on f.file_id = r.file_id where f.server is not distinct from $1) order by l.id limit 1000`,
    [server],
  );
  return rows.flatMap((row) => {
    const names = String(row['names']).toLowerCase().split(EXTRA_SEPARATOR);
    const kept = String(row['kept']);
    const at = kept === '' ? -1 : kept.split(',').findIndex((position) => FORWARDED.includes(names[Number(position)] ?? ''));
    return at < 0 ? [] : [{ layout: row['id'] as bigint, at }];
  });
}

/** The sites that few addresses bring nearly every row of, as a table of (file_id, site), and these addresses. */
async function behindBalancer(connection: Connection, server: string | null, clients: Clients): Promise<{ readonly carriers: readonly bigint[]; readonly balanced: string | null }> {
  const rows = await connection.all(
    `with f as (${FILES_SQL}),
     c as (select f.lane, r.site, ${clients.sql} as client, count(*) as n from request r join f on f.file_id = r.file_id${clients.join} group by all),
     ranked as (select *, sum(n) over (partition by lane, site) as whole, row_number() over (partition by lane, site order by n desc, client) as nth from c)
     select lane, site, list(client)::VARCHAR as clients from ranked where nth <= ${BALANCERS} and n >= whole * ${ITS_SHARE} and client is not null
     group by lane, site having any_value(whole) >= ${MIN_ROWS} and sum(n) >= any_value(whole) * ${NEARLY_ALL} order by lane, site nulls first limit 10000`,
    [server],
  );
  if (rows.length === 0) return { carriers: [], balanced: null };
  const table = `signal_balanced_${++tables}`;
  const sites = rows.map((row) => `(${number(row, 'lane')}, ${row['site'] === null ? 'null' : number(row, 'site')}::UINTEGER)`).join(', ');
  await connection.run(`create temp table ${table} as with f as (${FILES_SQL}), s(lane, site) as (values ${sites}) select f.file_id, s.site from f join s on s.lane = f.lane`, [server]);
  return { carriers: [...new Set(rows.flatMap((row) => (String(row['clients']).match(/\d+/g) ?? []).map(BigInt)))], balanced: table };
}

const dotted = (value: bigint): string => [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');

/** The number of a dotted address as it is kept in `ip4`; null for every other text. */
function undotted(text: string): bigint | null {
  const address = parseAddress(text);
  return address?.version === 4 && dotted(address.value) === text ? address.value : null;
}
