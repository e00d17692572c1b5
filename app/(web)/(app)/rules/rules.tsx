'use client'

export { RulesScreen as Rules } from '#ui/screens/rules/rules-screen.tsx'
