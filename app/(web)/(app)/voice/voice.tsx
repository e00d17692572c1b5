'use client'

export { VoiceScreen as Voice } from '#ui/screens/voice/voice-screen.tsx'
