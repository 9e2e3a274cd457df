import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE_BYTES = 8;

/** @param {Buffer} png @returns {{ type: string, data: Buffer }[]} */
function chunksOf(png) {
  const chunks = [];
  for (let at = SIGNATURE_BYTES; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

/** @param {string} type @param {Buffer} data */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** Predicts a byte from its left, upper and upper left neighbour (PNG specification, section 9). */
function predicted(filter, left, up, corner) {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const p = left + up - corner;
  const [a, b, c] = [Math.abs(p - left), Math.abs(p - up), Math.abs(p - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/**
 * The same picture in fewer bytes: pictures of flat colour and text are smallest without prediction. Only pictures of 8
 * bits per channel that are not interlaced, which is what a browser writes, are taken.
 * @param {Buffer} png @returns {Buffer}
 */
export function smallerPng(png) {
  const chunks = chunksOf(png);
  const head = chunks.find((c) => c.type === 'IHDR')?.data;
  if (head === undefined || head[8] !== 8 || head[12] !== 0 || (head[9] !== 2 && head[9] !== 6)) return png;
  const channels = head[9] === 6 ? 4 : 3;
  const stride = head.readUInt32BE(0) * channels;
  const rows = inflateSync(Buffer.concat(chunks.filter((c) => c.type === 'IDAT').map((c) => c.data)));
  for (let start = 0; start < rows.length; start += stride + 1) {
    const filter = rows[start];
    for (let i = 0; i < stride; i++) {
      const at = start + 1 + i;
      const left = i < channels ? 0 : rows[at - channels];
      const up = start === 0 ? 0 : rows[at - stride - 1];
      const corner = i < channels || start === 0 ? 0 : rows[at - stride - 1 - channels];
      rows[at] = (rows[at] + predicted(filter, left, up, corner)) & 0xff;
    }
    rows[start] = 0;
  }
  const small = Buffer.concat([png.subarray(0, SIGNATURE_BYTES), chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })), chunk('IEND', Buffer.alloc(0))]);
  return small.length < png.length ? small : png;
}
