/**
 * The word for each file of the corpus' `authenticode/generated`, written down from that folder's own table before the
 * files were judged: without further roots, and with its `ca.pem` added. Oracle in brackets: what osslsigncode says of
 * the digest.
 */
export const EXPECTED: ReadonlyArray<readonly [file: string, alone: string, withCa: string]> = [
  // Bytes behind the table belong to the digest, so the signed one is another's [no signature found].
  ['appended_after_cert.dll', 'tampered', 'tampered'],
  // The checksum is not signed [match].
  ['checksum_changed.dll', 'valid-untrusted-root', 'valid'],
  ['padded_certtable.dll', 'valid-untrusted-root', 'valid'],
  // The directory names no table [no signature found].
  ['secdir_zeroed.dll', 'unsigned', 'unsigned'],
  ['signed_dual_nested.dll', 'valid-untrusted-root', 'valid'],
  ['signed_expired.dll', 'expired', 'expired'],
  // Another root: `oldca.pem`. The stamp comes from it too, so nothing but its root is missing.
  ['signed_expired_timestamped2015.dll', 'valid-untrusted-root', 'valid-untrusted-root'],
  ['signed_managed.dll', 'valid-untrusted-root', 'valid'],
  ['signed_pagehash.dll', 'valid-untrusted-root', 'valid'],
  ['signed_selfsigned_fake_microsoft.dll', 'valid-untrusted-root', 'valid-untrusted-root'],
  ['signed_sha1.dll', 'valid-untrusted-root', 'valid'],
  ['signed_sha256.dll', 'valid-untrusted-root', 'valid'],
  ['signed_timestamped.dll', 'valid-untrusted-root', 'valid'],
  ['signed_unauthblob.dll', 'valid-untrusted-root', 'valid'],
  ['signed_wrongeku.dll', 'wrong-usage', 'wrong-usage'],
  ['tampered_code.dll', 'tampered', 'tampered'],
  ['transplanted_ms_signature.dll', 'tampered', 'tampered'],
  // The table reaches past the end of the file [no signature found].
  ['truncated_cert.dll', 'malformed', 'malformed'],
];
