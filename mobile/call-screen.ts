import { registerPlugin } from '@capacitor/core'

export type ScreenMode = 'off' | 'report' | 'screen'
export type ScreenStatus = {
  isSupported: boolean
  hasRole: boolean
  mode: ScreenMode
  isConnected: boolean
  server: string | null
  /** Reports that wait for the server. */
  waiting: number
}
export type Simulated = { treatment: 'allow' | 'silence' | 'decline'; reason: string; tookMs: number }

/** CallScreenPlugin.java. Rejections carry one sentence for the person. */
export type CallScreenPlugin = {
  status(): Promise<ScreenStatus>
  requestRole(): Promise<ScreenStatus>
  connect(options: { server: string; deviceKey: string; label: string }): Promise<ScreenStatus>
  setMode(options: { mode: ScreenMode }): Promise<ScreenStatus>
  simulate(options: { number: string }): Promise<Simulated>
  disconnect(): Promise<ScreenStatus>
}

export const CallScreen = registerPlugin<CallScreenPlugin>('CallScreen')
