import { z } from 'zod'
import * as l from '#lib/lines/contract.ts'
import * as p from '#lib/people/contract.ts'
import * as r from '#lib/rules/contract.ts'
import { PreviewInput } from '#lib/voice/contract.ts'
import type { Entry } from './entry.ts'

const tag = 'People and rules' as const
const access = 'user' as const
const Rules = z.object({ rules: z.array(r.Rule) })

const people: Entry[] = [
  {
    method: 'GET',
    path: '/api/v1/people',
    tag,
    access,
    summary: 'People you know',
    query: p.PeopleQuery,
    answer: p.PeoplePage,
  },
  {
    method: 'POST',
    path: '/api/v1/people',
    tag,
    access,
    summary: 'Add a person',
    body: p.NewPerson,
    answer: p.Person,
    status: 201,
  },
  { method: 'GET', path: '/api/v1/people/[id]', tag, access, summary: 'One person', answer: p.Person },
  {
    method: 'PATCH',
    path: '/api/v1/people/[id]',
    tag,
    access,
    summary: 'Change a person',
    body: p.PersonChange,
    answer: p.Person,
  },
  { method: 'DELETE', path: '/api/v1/people/[id]', tag, access, summary: 'Remove a person' },
  {
    method: 'GET',
    path: '/api/v1/people/export',
    tag,
    access,
    summary: 'Download people as vCards',
    answerType: 'text/vcard',
  },
  {
    method: 'POST',
    path: '/api/v1/people/import',
    tag,
    access,
    summary: 'Bring in people from a vCard file',
    bodyType: 'text/vcard',
    answer: p.ImportResult,
  },
  {
    method: 'GET',
    path: '/api/v1/blocked-numbers',
    tag,
    access,
    summary: 'Numbers of your block lists',
    query: p.BlockedQuery,
  },
  {
    method: 'POST',
    path: '/api/v1/blocked-numbers/import',
    tag,
    access,
    summary: 'Bring in a block list',
    detail: 'A text file with a number, or the beginning of one, on each line.',
    query: p.BlockListName,
    bodyType: 'text/plain',
  },
  {
    method: 'DELETE',
    path: '/api/v1/blocked-numbers',
    tag,
    access,
    summary: 'Remove a whole block list',
    query: p.BlockListToRemove,
  },
  { method: 'DELETE', path: '/api/v1/blocked-numbers/[id]', tag, access, summary: 'Remove a blocked number' },
]

const rules: Entry[] = [
  {
    method: 'GET',
    path: '/api/v1/rules',
    tag,
    access,
    summary: 'Your rules, in the order they are asked',
    answer: Rules,
  },
  {
    method: 'POST',
    path: '/api/v1/rules',
    tag,
    access,
    summary: 'Add a rule',
    body: r.NewRule,
    answer: r.Rule,
    status: 201,
  },
  { method: 'GET', path: '/api/v1/rules/[id]', tag, access, summary: 'One rule', answer: r.Rule },
  {
    method: 'PATCH',
    path: '/api/v1/rules/[id]',
    tag,
    access,
    summary: 'Change a rule',
    body: r.RuleChange,
    answer: r.Rule,
  },
  { method: 'DELETE', path: '/api/v1/rules/[id]', tag, access, summary: 'Remove a rule' },
  {
    method: 'PUT',
    path: '/api/v1/rules/order',
    tag,
    access,
    summary: 'Put rules in order',
    body: r.RuleOrder,
    answer: Rules,
  },
  {
    method: 'POST',
    path: '/api/v1/rules/test',
    tag,
    access,
    summary: 'What would happen to a call from this number',
    body: r.RuleTest,
    answer: r.RuleTestResult,
  },
]

const voice = 'Lines and voice' as const
const lines: Entry[] = [
  {
    method: 'GET',
    path: '/api/v1/lines',
    tag: voice,
    access,
    summary: 'Your lines',
    answer: z.object({ lines: z.array(l.Line) }),
  },
  {
    method: 'POST',
    path: '/api/v1/lines',
    tag: voice,
    access,
    summary: 'Add a line',
    body: l.NewLine,
    answer: l.Line,
    status: 201,
  },
  { method: 'GET', path: '/api/v1/lines/[id]', tag: voice, access, summary: 'One line', answer: l.Line },
  {
    method: 'PATCH',
    path: '/api/v1/lines/[id]',
    tag: voice,
    access,
    summary: 'Change a line',
    body: l.LineChange,
    answer: l.Line,
  },
  { method: 'DELETE', path: '/api/v1/lines/[id]', tag: voice, access, summary: 'Remove a line' },
  {
    method: 'POST',
    path: '/api/v1/lines/[id]/destinations',
    tag: voice,
    access: 'admin',
    summary: 'Allow a line an external number to put calls through to',
    body: l.Destination,
    answer: l.Line,
    status: 201,
  },
  {
    method: 'POST',
    path: '/api/v1/voice/preview',
    tag: voice,
    access,
    summary: 'A sentence in the line’s voice, as a caller would hear it',
    body: PreviewInput,
    answerType: 'audio/wav',
  },
  {
    method: 'GET',
    path: '/api/v1/screening',
    tag: voice,
    access,
    summary: 'Who decides now: a model, or the built-in listener alone',
  },
]

export const householdEntries: Entry[] = [...people, ...rules, ...lines]
