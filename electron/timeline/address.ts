/** The dotted text of an IPv4 address that a column holds as a number; NULL stays NULL. */
export function ip4TextSql(column: string): string {
  return `((${column} // 16777216) || '.' || (${column} // 65536 % 256) || '.' || (${column} // 256 % 256) || '.' || (${column} % 256))`;
}

/** The same in TypeScript. */
export function ip4Text(value: number): string {
  return `${Math.floor(value / 16_777_216)}.${Math.floor(value / 65_536) % 256}.${Math.floor(value / 256) % 256}.${value % 256}`;
}
