/** Helpers that put hand-made certificate tables into programs. */

/** One WIN_CERTIFICATE around some bytes, filled to a multiple of 8. */
export function entry(content: Uint8Array, type = 2, length = content.length + 8): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(length, 0);
  head.writeUInt16LE(0x200, 4);
  head.writeUInt16LE(type, 6);
  return Buffer.concat([head, content, Buffer.alloc((8 - (content.length % 8)) % 8)]);
}

/** Appends a certificate table to an unsigned program and names it in the directory. */
export function attach(program: Uint8Array, table: Uint8Array): Uint8Array {
  const filled = Buffer.concat([program, Buffer.alloc((8 - (program.length % 8)) % 8)]);
  const bytes = Buffer.concat([filled, table]);
  point(bytes, filled.length, table.length);
  return new Uint8Array(bytes);
}

/** Writes the directory's entry of the certificate table. */
export function point(bytes: Uint8Array, offset: number, size: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const optional = buffer.readUInt32LE(0x3c) + 24;
  const at = optional + (buffer.readUInt16LE(optional) === 0x20b ? 112 : 96) + 32;
  buffer.writeUInt32LE(offset, at);
  buffer.writeUInt32LE(size, at + 4);
}
