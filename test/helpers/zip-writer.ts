import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a zip to be made; everything that a hostile zip may get wrong can be set. */
export interface ZipItem {
  /** Bytes are written as they are. */
  readonly name: string | Uint8Array;
  readonly content?: string | Uint8Array;
  /** UTC time in an extended timestamp field; without it there is only the DOS time. */
  readonly mtime?: Date;
  /** Raw DOS time and date (date in the upper 16 bits); 2026-03-02 14:11:58 unless given. */
  readonly dosTime?: number;
  readonly deflate?: boolean;
  readonly compressed?: Uint8Array;
  readonly claimedSize?: number;
  readonly crc?: number;
  readonly method?: number;
  /** General purpose flags; bit 11 (UTF-8) unless given. */
  readonly flags?: number;
  /** Upper byte: the system that made it (0 DOS, 3 Unix). */
  readonly madeBy?: number;
  readonly unixMode?: number;
  /** Points at the data of an earlier item instead of having its own. */
  readonly sameDataAs?: number;
}

export const DOS_2026_03_02_14_11_58 = ((((2026 - 1980) << 9) | (3 << 5) | 2) << 16) | (14 << 11) | (11 << 5) | 29;

/** Writes a zip byte by byte (APPNOTE.TXT 4.3), so that it can also be wrong in any way a test needs. */
export function zipBytes(items: readonly ZipItem[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  const offsets: number[] = [];
  let at = 0;
  for (const item of items) {
    const content = Buffer.from(item.content ?? '');
    const data = item.compressed !== undefined ? Buffer.from(item.compressed) : item.deflate === true ? deflateRawSync(content) : content;
    const name = Buffer.from(item.name);
    const extra = item.mtime === undefined ? Buffer.alloc(0) : extendedTime(item.mtime);
    const common = commonFields(item, content, data, name.length, extra.length);
    const shared = item.sameDataAs === undefined ? undefined : offsets[item.sameDataAs];
    offsets.push(shared ?? at);
    if (shared === undefined) {
      const piece = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, name, extra, data]);
      local.push(piece);
      at += piece.length;
    }
    central.push(centralRecord(item, common, offsets.at(-1) ?? 0, name, extra));
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(items.length & 0xffff, 8);
  end.writeUInt16LE(items.length & 0xffff, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, directory, end]);
}

/** The 26 bytes that local header and directory have in common, from "version needed" to "extra field length". */
function commonFields(item: ZipItem, content: Buffer, data: Buffer, nameLength: number, extraLength: number): Buffer {
  const out = Buffer.alloc(26);
  out.writeUInt16LE(20, 0);
  out.writeUInt16LE(item.flags ?? 0x800, 2);
  out.writeUInt16LE(item.method ?? (item.deflate === true || item.compressed !== undefined ? 8 : 0), 4);
  out.writeUInt32LE((item.dosTime ?? DOS_2026_03_02_14_11_58) >>> 0, 6);
  out.writeUInt32LE(item.crc ?? crc32(content), 10);
  out.writeUInt32LE(data.length, 14);
  out.writeUInt32LE(item.claimedSize ?? content.length, 18);
  out.writeUInt16LE(nameLength, 22);
  out.writeUInt16LE(extraLength, 24);
  return out;
}

function centralRecord(item: ZipItem, common: Buffer, offset: number, name: Buffer, extra: Buffer): Buffer {
  const head = Buffer.alloc(6);
  head.write('PK\u0001\u0002', 'latin1');
  head.writeUInt16LE(((item.madeBy ?? (item.unixMode === undefined ? 0 : 3)) << 8) | 20, 4);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(((item.unixMode ?? 0) << 16) >>> 0, 6);
  tail.writeUInt32LE(offset, 10);
  return Buffer.concat([head, common, tail, name, extra]);
}

function extendedTime(time: Date): Buffer {
  const out = Buffer.alloc(9);
  out.writeUInt16LE(0x5455, 0);
  out.writeUInt16LE(5, 2);
  out.writeUInt8(1, 4);
  out.writeInt32LE(Math.floor(time.getTime() / 1000), 5);
  return out;
}
