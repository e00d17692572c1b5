'use client'

export { SettingsScreen as Settings } from '#ui/screens/settings/settings-screen.tsx'
