import type { CapacitorConfig } from '@capacitor/cli'

const config: CapacitorConfig = {
  appId: 'app.aicallservice.android',
  appName: 'AI Call Service',
  webDir: 'mobile/dist',
  android: {
    path: 'android',
  },
  server: {
    // Fixed for good: the app's storage belongs to this origin. From https://localhost a server on the LAN would be mixed content.
    androidScheme: 'http',
    hostname: 'localhost',
  },
  plugins: {
    CapacitorHttp: { enabled: false },
    CapacitorCookies: { enabled: false },
  },
}

export default config
