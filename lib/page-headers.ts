const fixed = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'microphone=(self), camera=(), geolocation=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
}

/**
 * The security headers of a page. Scripts run only with this answer's nonce; inline styles stay allowed, because list and
 * chart libraries place things with style attributes. `isDevelopment` lets hot reload evaluate code.
 */
export function pageHeaders(nonce: string, { isDevelopment = false, isHttps = false } = {}): Record<string, string> {
  return {
    ...fixed,
    'content-security-policy': contentSecurityPolicy(nonce, isDevelopment),
    ...(isHttps ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  }
}

function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
