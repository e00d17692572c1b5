import { say } from './moves.ts'
import type { Move, State } from './state.ts'

/** The disclosure comes before the greeting's question, so that the question can be answered at once: "Hello. I am an assistant. Who is calling?" */
export function splitGreeting(greeting: string): { hello: string; question: string } {
  const text = greeting.trim()
  if (!text.endsWith('?')) return { hello: text, question: '' }
  const from = Math.max(...['. ', '! ', '? '].map(end => text.lastIndexOf(end, text.length - 3) + end.length), 0)
  const hasHello = /[.!?] /.test(text.slice(0, text.length - 1))
  return hasHello
    ? { hello: text.slice(0, from).trim(), question: text.slice(from).trim() }
    : { hello: '', question: text }
}

/** Greeting and disclosure, which nobody interrupts and before which nothing is kept. */
export function greet(state: State, at: number): Move {
  const { greeting, disclosure } = state.settings
  return say(state, at, [splitGreeting(greeting).hello, disclosure], 'greet', { isInterruptible: false })
}
