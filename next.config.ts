import type { NextConfig } from 'next'

// A route.ts is answered by server/ before Next sees it, so the build leaves it out; what Next answers ends in .tsx. Only
// `next dev`, and the measurement of Next's own speed, serve route.ts files through Next.
const areRoutesNexts = process.env.NODE_ENV === 'development' || process.env.NEXT_ROUTES === 'all'

const config: NextConfig = {
  pageExtensions: areRoutesNexts ? ['tsx', 'ts'] : ['tsx'],
  reactStrictMode: true,
  poweredByHeader: false,
  // Several builds may live side by side (screenshots, tests); `npm start` uses .next.
  distDir: process.env.NEXT_DIST_DIR || '.next',
  turbopack: { root: import.meta.dirname },
  // Few and big files compress better than many small ones, and a server in the house is asked for each of them.
  experimental: {
    turbopackChunking: {
      firstPageLoadPriority: 1,
      minChunkSize: 300_000,
      requestCost: 2_000_000,
      priorityRoutes: [/^\/inbox/, /^\/login/],
    },
  },
  // `npm test` checks types; the build need not do it a second time.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['better-sqlite3', 'pg', '@node-rs/argon2', 'pino', 'sherpa-onnx-node', 'prom-client'],
  headers: async () => [{ source: '/:path*', headers: [{ key: 'X-Content-Type-Options', value: 'nosniff' }] }],
}

export default config
