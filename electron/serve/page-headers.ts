/**
 * What the page may do: run its own script, style and fonts, draw its own images and talk to its own host. Nothing
 * inline and nothing from elsewhere, so that text from evidence stays text even if a view forgot to treat it as such.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "connect-src 'self'",
  "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join('; ');

const DENIED_FEATURES = [
  'accelerometer', 'autoplay', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'hid', 'magnetometer', 'microphone', 'midi',
  'payment', 'publickey-credentials-get', 'screen-wake-lock', 'serial', 'usb', 'xr-spatial-tracking',
];

/** Headers of every answer that either host gives to the page. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // Copying a path is the one thing that the page needs of these.
  'Permissions-Policy': [...DENIED_FEATURES.map((f) => `${f}=()`), 'clipboard-read=()', 'clipboard-write=(self)'].join(', '),
  // Evidence must not outlive the session in a browser's cache.
  'Cache-Control': 'no-store',
};
