import { describe, expect, it } from 'vitest'
import { readLink } from './links.ts'

describe('a link into the app', () => {
  it.each([
    ['aicall://calls/pbx-7', { path: '/inbox/pbx-7' }],
    ['aicall://calls/a%2Fb', { path: '/inbox/a%2Fb' }],
    ['aicall://live', { path: '/live' }],
    ['aicall://live?order=6f1c-ab', { path: '/live/order/6f1c-ab' }],
    ['aicall://live?order=%2F%2Fevil', { path: '/live' }],
    ['aicall://inbox', { path: '/inbox' }],
    ['aicall://connect?server=https%3A%2F%2Fcalls.example.com', { server: 'https://calls.example.com' }],
    ['aicall://connect', null],
    ['aicall://calls', null],
    ['https://calls.example.com/inbox/1', null],
    ['javascript:alert(1)', null],
    ['', null],
  ])('%s', (link, goal) => expect(readLink(link)).toEqual(goal))
})
